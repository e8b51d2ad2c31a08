#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod changes;
mod error;
mod files;
mod key;
mod key_text;
mod rows;
mod store;
mod writer;

pub use error::StoreError;
pub use files::try_dir;
pub use key::{fresh_seed, open_key, open_or_create_key};
pub use store::{Store, StoreStats};
