//! What machines of a server and its clients said to each other in a recording.

use serde_json::{Value, json};

use crate::input::{Input, hex};

/// Bytes between the server and a client.
pub(crate) struct Sent {
    /// Which client, as its place in the names.
    pub(crate) client: usize,
    pub(crate) to_server: bool,
    pub(crate) bytes: Vec<u8>,
}

/// The words of one file for it.
pub(crate) struct Words {
    /// What the server is called.
    pub(crate) server: &'static str,
    pub(crate) clients: [&'static str; 2],
    /// The field with the bytes.
    pub(crate) bytes: &'static str,
}

impl Words {
    pub(crate) fn write(&self, sent: &Sent) -> Value {
        let name = self.clients[sent.client];
        let (from, to) = if sent.to_server { (name, self.server) } else { (self.server, name) };
        json!({ "from": from, "to": to, self.bytes: hex(&sent.bytes) })
    }

    fn read(&self, input: Input<'_>) -> Result<Sent, String> {
        let (from, to) = (input.text("from")?, input.text("to")?);
        let to_server = to == self.server;
        let client = self.clients.iter().position(|name| *name == if to_server { from } else { to });
        if !to_server && from != self.server {
            return Err(format!("everything is between a client and the {}", self.server));
        }
        let client = client.ok_or("there is no such client")?;
        Ok(Sent { client, to_server, bytes: input.bytes(self.bytes)? })
    }

    /// The recording in an input.
    pub(crate) fn recorded(&self, input: Input<'_>) -> Result<Vec<Sent>, String> {
        input.list("recorded")?.iter().map(|sent| self.read(Input(sent))).collect()
    }
}
