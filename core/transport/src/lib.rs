//! One encrypted multipath QUIC connection over whatever links exist.
