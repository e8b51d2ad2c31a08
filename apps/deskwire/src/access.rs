//! `deskwire access`: who may log in at this device.

use std::path::PathBuf;

use deskwire_core::identity::{PublicKey, ServerKey};
use deskwire_core::wire::session::{Scope, Scopes};
use deskwire_kit::access::{Access, Method, stretch_new};
use deskwire_kit::code::new_password;
use deskwire_kit::config::Options;
use deskwire_kit::qr;
use deskwire_kit::state::{State, StateError};
use serde_json::json;

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

/// What can be asked or set. A host that runs takes changes over within a second.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Show who may log in, and what they may do then
    Show,
    /// Set the permanent password
    Password {
        /// Read it from this file instead of asking for it
        #[arg(long, value_name = "FILE", conflicts_with = "remove")]
        file: Option<PathBuf>,
        /// Have no password any more
        #[arg(long)]
        remove: bool,
    },
    /// Let a viewer log in by its key (`deskwire trust me` shows it there)
    Allow {
        /// The viewer's key
        #[arg(value_name = "KEY")]
        viewer: ServerKey,
        /// What you call it
        #[arg(long, default_value = "")]
        name: String,
    },
    /// Let a viewer log in by its key no more, and ask it for the second factor again
    Forbid {
        /// The viewer's key
        #[arg(value_name = "KEY")]
        viewer: ServerKey,
    },
    /// Whether viewers may ask whoever sits here
    Ask {
        /// on or off
        #[arg(value_parser = clap::builder::BoolishValueParser::new(), action = clap::ArgAction::Set)]
        on: bool,
    },
    /// Want a second factor (TOTP) after a code, a password or a key; makes a new one
    SecondFactor {
        /// Want none any more
        #[arg(long)]
        remove: bool,
    },
    /// Set what a way of logging in allows
    Grant {
        /// Which way
        method: Method,
        /// What it allows (none: the usual); see `deskwire access show`
        permissions: Vec<Scope>,
    },
}

pub(crate) fn run(options: &Options, command: &Command, output: Output) -> Outcome {
    let folder = options.state_folder().map_err(|e| failed(&e))?;
    let keystore = options.keystore().map_err(|e| failed(&e))?;
    let state = State::open(&folder, keystore).map_err(|e| failed(&e))?;
    act(&state, command, output)
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(Kind::Settings, error)
}

fn act(state: &State, command: &Command, output: Output) -> Outcome {
    let done = |text: &str| output.say(text, &json!({ "done": text }));
    match command {
        Command::Show => show(&Access::load(state).map_err(|e| failed(&e))?, output),
        Command::Password { remove: true, .. } => {
            change(state, |access| access.set_password(None))?;
            done("There is no password any more.");
        }
        Command::Password { file, .. } => {
            let password = new_password(file.as_deref()).map_err(|e| failed(&e))?;
            let kept = stretch_new(&password.0).map_err(|e| failed(&e))?;
            change(state, |access| access.set_password(Some(&kept)))?;
            done("The password is set. Whoever knows it may do what `deskwire access show` says.");
        }
        Command::Allow { viewer, name } => {
            change(state, |access| access.allow(&viewer.0, name))?;
            done("That viewer may log in by its key.");
        }
        Command::Forbid { viewer } => forbid(state, &viewer.0, output)?,
        Command::Ask { on } => {
            change(state, |access| access.set_asks(*on))?;
            done(if *on {
                "Viewers may ask whoever sits here: `deskwire host` asks on its terminal, or in a window where it has none."
            } else {
                "Viewers may not ask whoever sits here."
            });
        }
        Command::SecondFactor { remove: true } => {
            change(state, Access::end_second)?;
            done("No second factor is wanted.");
        }
        Command::SecondFactor { .. } => {
            let new = change(state, Access::begin_second)?;
            let code = qr::Code::of(new.url()).map(|code| code.to_text()).unwrap_or_default();
            let text = format!(
                "{code}\nLet your app read this, or type the key: {}\n\nEach of these lets you in once if the app is \
                 lost; keep them where nobody else finds them:\n  {}\n\nA second factor is wanted from now on.",
                new.secret(),
                new.recovery().join("\n  ")
            );
            output
                .say(&text, &json!({ "secret": new.secret(), "url": new.url(), "recovery": new.recovery() }));
        }
        Command::Grant { method, permissions } => {
            let set = (!permissions.is_empty()).then_some(&permissions[..]);
            change(state, |access| access.grant(*method, set))?;
            done(&format!("It allows: {}.", words(granted(state, *method)?)));
        }
    }
    Ok(())
}

fn granted(state: &State, method: Method) -> Result<Scopes, Failure> {
    Ok(Access::load(state).map_err(|e| failed(&e))?.granted(method))
}

fn change<T>(state: &State, act: impl FnOnce(&mut Access) -> T) -> Result<T, Failure> {
    Access::change(state, act).map_err(|e: StateError| failed(&e))
}

fn forbid(state: &State, key: &PublicKey, output: Output) -> Outcome {
    if change(state, |access| access.forbid(key))? {
        let text = "That viewer may not log in by its key any more. If it is connected now, it stays until it leaves.";
        output.say(text, &json!({ "done": text }));
        return Ok(());
    }
    Err(Failure::new(Kind::Settings, "that viewer was not in the list; `deskwire access show` prints it"))
}

fn words(scopes: Scopes) -> String {
    let words: Vec<&str> = scopes.iter().map(Scope::name).collect();
    if words.is_empty() { "nothing".into() } else { words.join(" ") }
}

const WAYS: [(Method, &str); 4] = [
    (Method::Code, "code"),
    (Method::Password, "password"),
    (Method::Key, "key"),
    (Method::Approval, "approval"),
];

fn show(access: &Access, output: Output) {
    let yes = |is: bool, yes: &str, no: &str| if is { yes.to_owned() } else { no.to_owned() };
    let second = access.second().map_or_else(
        || "none is wanted".to_owned(),
        |(codes, viewers)| format!("wanted; {codes} recovery codes left, {viewers} viewers not asked"),
    );
    let mut text = format!(
        "One-time code   new each time `deskwire host` starts\nPassword        {}\nAsking          {}\nSecond factor   \
         {second}\nKeys            {}\n",
        yes(access.has_password(), "set", "none"),
        yes(access.asks(), "viewers may ask whoever sits here", "off"),
        access.allowed().count(),
    );
    for (key, name) in access.allowed() {
        text.push_str(&format!("  {key}  {}\n", name.escape_debug()));
    }
    text.push_str("\nWhat they allow:\n");
    for (method, name) in WAYS {
        text.push_str(&format!("  {name:<10}{}\n", words(access.granted(method))));
    }
    let grants: serde_json::Map<String, serde_json::Value> = WAYS
        .iter()
        .map(|(method, name)| {
            let scopes: Vec<&str> = access.granted(*method).iter().map(Scope::name).collect();
            ((*name).to_owned(), json!(scopes))
        })
        .collect();
    let keys: Vec<_> = access.allowed().map(|(key, name)| json!({ "key": key, "name": name })).collect();
    let value = json!({
        "password": access.has_password(),
        "ask": access.asks(),
        "second_factor": access.second().map(|(codes, viewers)| json!({ "recovery": codes, "trusted": viewers })),
        "keys": keys,
        "grants": grants,
    });
    output.say(text.trim_end(), &value);
}
