//! Deskwire driver adapter without a runtime.
