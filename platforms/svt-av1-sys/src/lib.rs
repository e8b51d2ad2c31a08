#![doc = include_str!("../README.md")]
#![allow(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    missing_docs,
    clippy::all,
    clippy::pedantic
)]
#![allow(rustdoc::all, unused, unreachable_pub, clippy::undocumented_unsafe_blocks)]
#![allow(clippy::use_self)]

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

/// `svt_av1_enc_init_handle` of every version: makes an encoder and fills in the default settings.
///
/// # Safety
/// Both pointers must be valid for writes; the settings may be uninitialised.
pub unsafe fn init_handle(
    handle: *mut *mut EbComponentType,
    settings: *mut EbSvtAv1EncConfiguration,
) -> EbErrorType {
    // SAFETY: the caller's.
    unsafe {
        #[cfg(three)]
        let done = svt_av1_enc_init_handle(handle, settings);
        #[cfg(not(three))]
        let done = svt_av1_enc_init_handle(handle, std::ptr::null_mut(), settings);
        done
    }
}
