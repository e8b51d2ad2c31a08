//! Two transports and a network between them, in virtual time.
use crate::TimeBase;
pub(crate) fn base() -> TimeBase {
    static BASE: std::sync::OnceLock<TimeBase> = std::sync::OnceLock::new();
    #[expect(
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "an instant cannot be made from a number, and it makes no difference which it is"
    )]
    *BASE.get_or_init(|| TimeBase::new(std::time::Instant::now()))
}
