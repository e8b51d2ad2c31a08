#![doc = include_str!("../README.md")]
//!
//! ```
//! use deskwire_identity::{IdCertificate, IdentityKey, ServerKey};
//! use deskwire_machine::Seed;
//! use deskwire_wire::ids::DeviceId;
//!
//! let mut rng = Seed::new([1; 32]).secret();
//! let server = IdentityKey::generate(&mut rng);
//! let device = IdentityKey::generate(&mut rng);
//!
//! // What the operator gives to users, with a checksum against typing mistakes.
//! let text = ServerKey(server.public()).to_string();
//! let trusted: ServerKey = text.parse()?;
//!
//! // What the server says about a device.
//! let bytes = IdCertificate {
//!     id: DeviceId::from_number(12_345_678_901),
//!     device_key: device.public(),
//!     generation: 0,
//!     issued: 1_800_000_000,
//!     expires: 1_802_592_000,
//!     key_id: 0,
//! }
//! .sign(&server);
//! let certificate = IdCertificate::verify(&bytes, &trusted.0)?;
//! certificate.check_time(1_800_000_100)?;
//! assert_eq!(certificate.device_key, device.public());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod base32;
mod certificate;
mod ephemeral;
mod hash;
mod key;
mod layout;
mod link;
mod pins;
mod report;
mod rotation;
mod safety;
mod secret;
mod server_key;
mod token;

pub use certificate::{CertificateError, IdCertificate};
pub use ephemeral::EphemeralCertificate;
pub use hash::{bmac, expand, extract, hash};
pub use key::{BadPublicKey, BadSignature, IdentityKey, PublicKey};
pub use link::{ServerLink, ServerLinkError};
pub use pins::{Pin, PinError, PinVerdict, Pins};
pub use report::RelayReport;
pub use rotation::RotationRecord;
pub use safety::SafetyNumber;
pub use secret::{Secret, Secret64};
pub use server_key::{ServerKey, ServerKeyError};
pub use token::RelayToken;
