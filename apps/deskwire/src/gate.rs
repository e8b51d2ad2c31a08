//! Asks whoever sits at the host whether a viewer may come in: on the terminal, or in a window.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Read as _};
use std::process::Stdio;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use deskwire_core::ConnectionId;
use deskwire_core::identity::{PublicKey, SafetyNumber, ServerKey};
use deskwire_core::sessions::Ticket;
use deskwire_kit::child::Guarded;
use deskwire_kit::host::{Event, Host};
use deskwire_kit::stack::{Programs, bare_command};

use crate::output::{Failure, Output};

/// How whoever sits here is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum AskOn {
    /// By a line on this terminal
    Terminal,
    /// By a window on this display
    Window,
}

impl AskOn {
    /// The terminal if there is one, else the window.
    pub(crate) fn usual() -> Self {
        if std::io::stdin().is_terminal() { Self::Terminal } else { Self::Window }
    }
}

/// For so long a window stays; the host itself refuses after this time.
const SECONDS: &str = "60";

/// More than an answer has.
const ANSWER: u64 = 16;

/// An answer, wherever it was given.
enum Answer {
    Line(String),
    Window(ConnectionId, Ticket, Option<bool>),
}

/// The question that is being asked: there is never more than one.
struct Question {
    viewer: ConnectionId,
    ticket: Ticket,
    /// It closes when the question is over.
    _window: Option<Guarded>,
}

/// Asks, and hands over the answers.
pub(crate) struct Gate {
    on: AskOn,
    output: Output,
    sender: Sender<Answer>,
    answers: Receiver<Answer>,
    connected: BTreeMap<ConnectionId, (PublicKey, SafetyNumber)>,
    question: Option<Question>,
}

impl Gate {
    /// Begins to listen to what is typed.
    pub(crate) fn start(on: AskOn, output: Output) -> Result<Self, Failure> {
        let (sender, answers) = mpsc::channel();
        let typed = sender.clone();
        // It ends with the program, or when nothing is typed any more.
        thread::Builder::new()
            .name("terminal".into())
            .spawn(move || {
                for line in std::io::stdin().lock().lines() {
                    if line.map(|line| typed.send(Answer::Line(line))).is_ok_and(|sent| sent.is_ok()) {
                        continue;
                    }
                    break;
                }
            })
            .map_err(|e| Failure::other(format!("no thread can be started ({e}); close some programs")))?;
        Ok(Self { on, output, sender, answers, connected: BTreeMap::new(), question: None })
    }

    /// Notes who is there, and asks about who waits. `name` is what a viewer is called here.
    pub(crate) fn note(&mut self, event: &Event, name: impl Fn(&PublicKey) -> Option<String>) {
        match event {
            Event::Connected { viewer, key, safety_number } => {
                self.connected.insert(*viewer, (*key, *safety_number));
            }
            Event::ApprovalWanted { viewer, ticket } => {
                // What was typed before the question is no answer to it.
                while self.answers.try_recv().is_ok() {}
                let window = (self.on == AskOn::Window).then(|| self.open(*viewer, *ticket, name));
                let window = window.and_then(|opened| match opened {
                    Ok(window) => Some(window),
                    Err(why) => {
                        self.cannot_show(&why);
                        None
                    }
                });
                self.question = Some(Question { viewer: *viewer, ticket: *ticket, _window: window });
            }
            Event::ApprovalOver { viewer, .. } => self.close(*viewer),
            Event::Left { viewer, .. } => {
                self.connected.remove(viewer);
                self.close(*viewer);
            }
            _ => {}
        }
    }

    fn close(&mut self, viewer: ConnectionId) {
        self.question.take_if(|question| question.viewer == viewer);
    }

    fn cannot_show(&self, why: &str) {
        self.output.note(&format!("The question cannot be shown in a window: {why}. Type yes or no here."));
    }

    /// Shows the question in a window, which is a program of its own.
    fn open(
        &self,
        viewer: ConnectionId,
        ticket: Ticket,
        name: impl Fn(&PublicKey) -> Option<String>,
    ) -> Result<Guarded, String> {
        let Some((key, number)) = self.connected.get(&viewer) else {
            return Err("the viewer has gone".into());
        };
        let program = Programs::beside_this().and_then(|programs| programs.path("deskwire-viewer"));
        let mut command = bare_command(program.map_err(|e| e.to_string())?);
        command.args(["ask", "--seconds", SECONDS, "--safety-number", &number.digits()]);
        command.args(["--key", &ServerKey(*key).to_string()]);
        if let Some(name) = name(key) {
            // One word, so that a name that begins with a dash is no option.
            command.arg(format!("--name={name}"));
        }
        let mut window =
            Guarded::start("deskwire-viewer", command.stdout(Stdio::piped())).map_err(|e| e.to_string())?;
        let stdout = window.stdout().ok_or("its output is not piped")?;
        let answer = self.sender.clone();
        let read = move || {
            let mut line = String::new();
            // A window that says nothing has failed.
            let _ = BufReader::new(stdout.take(ANSWER)).read_line(&mut line);
            let allowed = match line.trim() {
                "allow" => Some(true),
                "refuse" => Some(false),
                _ => None,
            };
            // Nobody listens any more if this fails.
            let _ = answer.send(Answer::Window(viewer, ticket, allowed));
        };
        thread::Builder::new().name("question".into()).spawn(read).map_err(|e| e.to_string())?;
        Ok(window)
    }

    /// Hands over what was answered: "y" or "yes" lets in whoever waits, any other line does not.
    pub(crate) fn answer(&mut self, host: &Host) {
        while let Ok(answer) = self.answers.try_recv() {
            let Some(Question { viewer, ticket, .. }) = &self.question else { continue };
            let allowed = match answer {
                Answer::Line(line) => matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes"),
                Answer::Window(of, which, allowed) if (of, which) == (*viewer, *ticket) => {
                    let Some(allowed) = allowed else {
                        self.cannot_show("it ended without an answer");
                        continue;
                    };
                    allowed
                }
                // Of an earlier question.
                Answer::Window(..) => continue,
            };
            host.approve(*viewer, *ticket, allowed);
            self.question = None;
        }
    }
}
