//! Doing what the viewer's user did.

use deskwire_wire::screen::{Display, InputEvent};

use crate::Error;

/// Something that pointer and keys can be injected into.
pub trait InputSink {
    /// Where the displays lie now; points of events are on one of them. Call it at the start and after each change.
    fn set_displays(&mut self, displays: &[Display]);

    /// Does `event`. Points outside the display are brought to its edge.
    ///
    /// # Errors
    /// `UnknownDisplay` for a point on a display that is not there, `Unsupported` for what the system cannot do, `Lost`
    /// when the system has gone. Other events can still be injected after the first two.
    fn inject(&mut self, event: &InputEvent) -> Result<(), Error>;

    /// Lets go of every key and button that was pressed through this sink and not let go of. To be called when the
    /// viewer leaves; implementations do it when dropped as well.
    fn release_all(&mut self) -> Result<(), Error>;
}
