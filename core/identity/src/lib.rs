//! Keys, device ids, certificates, relay tokens, pins and safety numbers.
