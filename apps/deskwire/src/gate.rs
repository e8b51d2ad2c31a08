//! Asks whoever sits at the host, on the terminal, whether a viewer may come in.

use std::collections::VecDeque;
use std::io::BufRead as _;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use deskwire_core::ConnectionId;
use deskwire_core::sessions::Ticket;
use deskwire_kit::host::{Event, Host};

use crate::output::Failure;

/// Viewers that wait, first come, first asked about.
pub(crate) struct Gate {
    lines: Receiver<String>,
    waiting: VecDeque<(ConnectionId, Ticket)>,
}

impl Gate {
    /// Begins to listen to what is typed.
    pub(crate) fn start() -> Result<Self, Failure> {
        let (sender, lines) = mpsc::channel();
        // It ends with the program, or when nothing is typed any more.
        thread::Builder::new()
            .name("terminal".into())
            .spawn(move || {
                for line in std::io::stdin().lock().lines() {
                    if line.map(|line| sender.send(line)).is_ok_and(|sent| sent.is_ok()) {
                        continue;
                    }
                    break;
                }
            })
            .map_err(|e| Failure::other(format!("no thread can be started ({e}); close some programs")))?;
        Ok(Self { lines, waiting: VecDeque::new() })
    }

    /// Notes who waits.
    pub(crate) fn note(&mut self, event: &Event) {
        match event {
            Event::ApprovalWanted { viewer, ticket } => {
                // What was typed before the question is no answer to it.
                if self.waiting.is_empty() {
                    while self.lines.try_recv().is_ok() {}
                }
                self.waiting.push_back((*viewer, *ticket));
            }
            Event::ApprovalOver { viewer, .. } | Event::Left { viewer, .. } => {
                self.waiting.retain(|(waiting, _)| waiting != viewer);
            }
            _ => {}
        }
    }

    /// Hands over what was typed: "y" or "yes" lets the first who waits in, any other line does not.
    pub(crate) fn answer(&mut self, host: &Host) {
        while !self.waiting.is_empty()
            && let Ok(line) = self.lines.try_recv()
        {
            let allowed = matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes");
            if let Some((viewer, ticket)) = self.waiting.pop_front() {
                host.approve(viewer, ticket, allowed);
            }
        }
    }
}
