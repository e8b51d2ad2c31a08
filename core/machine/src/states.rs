//! Rule 10: states, the moves between them, and the one way to move.

/// The states of a machine and the moves between them, made by [`states!`](macro@crate::states).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StateTable {
    /// Whose states they are.
    pub machine: &'static str,
    /// All of them. The machine begins in the first, or in one that no other leads to.
    pub states: &'static [StateRow],
}

/// One state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StateRow {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The states that may follow; itself, if what belongs to it may be replaced. None: it is the last.
    pub next: &'static [&'static str],
}

impl StateTable {
    /// Whether a machine in the state `from` may go to `to`.
    pub fn allows(&self, from: &str, to: &str) -> bool {
        self.states.iter().any(|row| row.name == from && row.next.contains(&to))
    }
}

/// An enum of states, made by [`states!`](macro@crate::states).
pub trait State {
    /// The states and their moves.
    const TABLE: StateTable;

    /// The name of this state in the table.
    fn name(&self) -> &'static str;
}

/// Moves to another state and gives the old one. The move is traced (`log`, target `deskwire::state`).
///
/// # Panics
/// With debug assertions, when the table does not have the move.
pub fn change<S: State>(state: &mut S, next: S) -> S {
    note::<S>(state.name(), next.name());
    core::mem::replace(state, next)
}

/// Moves to the state that `next` makes of the old one; `meanwhile` stands in its place until then. Otherwise like
/// [`change`].
///
/// # Panics
/// As [`change`] does.
pub fn change_with<S: State>(state: &mut S, meanwhile: S, next: impl FnOnce(S) -> S) {
    let from = state.name();
    *state = next(core::mem::replace(state, meanwhile));
    note::<S>(from, state.name());
}

fn note<S: State>(from: &str, to: &str) {
    log::trace!(target: "deskwire::state", "{}: {from} -> {to}", S::TABLE.machine);
    debug_assert!(S::TABLE.allows(from, to), "{}: no way from {from} to {to}", S::TABLE.machine);
}

/// Declares an enum of states together with the states that may follow each, and implements
/// [`State`] for it.
///
/// ```
/// deskwire_machine::states! {
///     "lamp";
///     /// What a lamp can be.
///     #[derive(PartialEq, Debug)]
///     pub enum Lamp {
///         /// Dark.
///         Off => [On],
///         /// It shines, so bright.
///         On { lumen: u16 } => [On, Off, Broken],
///         /// No light comes back.
///         Broken => [],
///     }
/// }
///
/// let mut lamp = Lamp::Off;
/// assert_eq!(deskwire_machine::change(&mut lamp, Lamp::On { lumen: 800 }), Lamp::Off);
/// ```
#[macro_export]
macro_rules! states {
    (
        $machine:literal;
        $(#[$meta:meta])*
        $vis:vis enum $state:ident {
            $(
                $(#[doc = $meaning:literal])+
                $name:ident $({ $($field:tt)* })? $(( $($part:tt)* ))? => [$($next:ident),* $(,)?]
            ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        $vis enum $state {
            $($(#[doc = $meaning])+ $name $({ $($field)* })? $(( $($part)* ))?),+
        }

        impl $crate::State for $state {
            const TABLE: $crate::StateTable = $crate::StateTable {
                machine: $machine,
                states: &[$($crate::StateRow {
                    name: stringify!($name),
                    meaning: concat!($($meaning),+),
                    next: &[$(stringify!($next)),*],
                }),+],
            };

            fn name(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => stringify!($name)),+
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::{State as _, change};

    crate::states! {
        "door";
        #[derive(PartialEq, Debug)]
        enum Door {
            /// One may go
            /// through.
            Open => [Shut],
            /// With this many turns of the key.
            Shut(u8) => [Shut, Open],
            /// For good.
            Walled { since: u16 } => [],
        }
    }

    #[test]
    fn the_table_says_what_the_enum_says() {
        let names: alloc::vec::Vec<_> = Door::TABLE.states.iter().map(|row| row.name).collect();
        assert_eq!(names, ["Open", "Shut", "Walled"]);
        assert_eq!(Door::TABLE.states[0].meaning, " One may go through.");
        assert_eq!(Door::Walled { since: 3 }.name(), "Walled");
        assert!(Door::TABLE.allows("Shut", "Shut") && !Door::TABLE.allows("Open", "Open"));
        assert!(!Door::TABLE.allows("Walled", "Open") && !Door::TABLE.allows("Attic", "Open"));
    }

    #[test]
    fn a_move_gives_the_old_state() {
        let mut door = Door::Open;
        assert_eq!(change(&mut door, Door::Shut(1)), Door::Open);
        assert_eq!(change(&mut door, Door::Shut(2)), Door::Shut(1));
        assert_eq!(door, Door::Shut(2));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "door: no way from Open to Walled")]
    fn a_move_that_the_table_lacks_is_found() {
        change(&mut Door::Open, Door::Walled { since: 1 });
    }
}
