//! What devices and the server say to each other, and what it is about.

/// A device's key, and so the device.
pub type Key = u8;
/// An id.
pub type Id = u8;

/// A session of a device with the server: the device and its how-manieth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Handle(pub Key, pub u8);

/// What a certificate says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Certificate {
    /// Whose name.
    pub id: Id,
    /// How often the id changed hands.
    pub generation: u8,
    /// Whose id.
    pub key: Key,
}

/// Why a registration was refused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// A later statement was accepted; with its epoch.
    Epoch(u8),
    /// The id is another key's.
    NotOwner,
    /// The certificate is of a former owner.
    Revoked,
    /// The store cannot say.
    Store,
}

/// A message between a device and the server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Message {
    /// The device's statement.
    Register {
        /// In which session.
        session: Handle,
        /// Its id, if it has one.
        id: Option<Id>,
        /// Its certificate, if it has one.
        certificate: Option<Certificate>,
        /// Rises with every statement.
        epoch: u8,
        /// Whether a rotation record from the old key is with it.
        rotation: bool,
    },
    /// It is registered.
    Registered {
        /// In which session.
        session: Handle,
        /// Which statement is answered.
        epoch: u8,
        /// Its certificate.
        certificate: Certificate,
    },
    /// It is not.
    Refused {
        /// In which session.
        session: Handle,
        /// Which statement is answered.
        epoch: u8,
        /// Why not.
        reason: Reason,
    },
    /// The server does not know the session.
    Stale(Handle),
}

impl Message {
    /// The session it belongs to.
    pub const fn session(&self) -> Handle {
        match self {
            Self::Register { session, .. }
            | Self::Registered { session, .. }
            | Self::Refused { session, .. }
            | Self::Stale(session) => *session,
        }
    }
}
