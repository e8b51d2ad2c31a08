//! Stands in for the control socket where there are no Unix sockets: a server there takes no commands.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use deskwire_driver::Handle;
use smol::channel::Sender;

use crate::error::ServerError;

/// What answers would be made from.
#[expect(dead_code, reason = "nobody asks")]
pub(crate) struct Control {
    pub(crate) rendezvous: Option<Handle<deskwire_rendezvous::Server>>,
    pub(crate) drain: Sender<()>,
    pub(crate) has_relay: bool,
}

/// There is none.
pub(crate) type Socket = Infallible;

/// Opens nothing; only who asked for a socket is told so.
pub(crate) fn listen(_: &Path) -> Result<Socket, ServerError> {
    Err(ServerError::Setting("this system has no control socket; leave --control out".into()))
}

/// Never comes to this.
pub(crate) async fn serve(socket: Socket, _: Arc<Control>) {
    match socket {}
}
