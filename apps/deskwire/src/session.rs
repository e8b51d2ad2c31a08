//! What commands that look at a host without a window have in common.

use deskwire_core::wire::ids::{DeviceId, DisplayId};
use deskwire_kit::code::LoginOptions;
use deskwire_kit::config::Options;
use deskwire_kit::net::NetError;
use deskwire_kit::viewer::{Client, EndKind, Plan, Stage, View, ViewerSound};
use serde_json::{Value, json};

use crate::Outcome;
use crate::output::{Failure, Kind};

/// Whom to look at, and how.
#[derive(Debug, clap::Args)]
pub(crate) struct Target {
    /// The host's id: twelve digits, dashes and spaces do not count
    pub(crate) id: DeviceId,
    #[command(flatten)]
    pub(crate) login: LoginOptions,
    /// Which display, counted from 0; the primary one by default
    #[arg(long, value_name = "N")]
    pub(crate) display: Option<usize>,
    /// Accept that the host has a new key, if it knows the code
    #[arg(long)]
    pub(crate) accept_new_key: bool,
    /// Do not look for direct paths: all data goes through the relay
    #[arg(long)]
    pub(crate) relay_only: bool,
}

impl Target {
    /// Reads settings and code, and dials.
    pub(crate) fn dial(
        &self,
        options: &Options,
        reconnect: bool,
        sound: ViewerSound,
    ) -> Result<Client, Failure> {
        let settings = options.settings().map_err(|e| Failure::new(Kind::Settings, e))?;
        let mut plan = Plan::new(settings, self.id);
        self.login.apply(&mut plan, true).map_err(|e| Failure::new(Kind::Login, e))?;
        plan.display = self.display;
        plan.punch = !self.relay_only;
        plan.accept_new_key = self.accept_new_key;
        plan.reconnect = reconnect;
        plan.sound = sound;
        Client::start(plan, || {}).map_err(|error| match error {
            NetError::State(_) | NetError::Key(_) => Failure::new(Kind::Settings, error),
            _ => Failure::new(Kind::Server, error),
        })
    }

    /// The display that is watched; an error if the host has none of that number.
    pub(crate) fn check_display(&self, view: &View) -> Outcome {
        match self.display.filter(|number| *number >= view.displays.len()) {
            None => Ok(()),
            Some(number) => {
                let count = view.displays.len();
                Err(Failure::other(format!(
                    "the host has no display {number}; it has {count}, counted from 0"
                )))
            }
        }
    }
}

/// The display that there is a whole picture of, once there is one; an error if there never will be one.
pub(crate) fn picture_of(view: &View) -> Result<Option<DisplayId>, Failure> {
    check_code(view)?;
    if let Some(display) = view.watched.filter(|_| view.has_picture()) {
        return Ok(Some(display));
    }
    check_end(view)?;
    Ok(None)
}

/// Why there is no picture within the time that was given.
pub(crate) fn took_too_long(view: &View) -> Failure {
    let doing = match &view.stage {
        Stage::Connecting(what) => what,
        _ => "waiting for the first picture",
    };
    Failure::new(Kind::Lost, format!("it took too long; it stopped at: {doing}"))
}

/// An error if the host wants another login: nobody is there to be asked.
fn check_code(view: &View) -> Outcome {
    let (hint, usual) = match &view.stage {
        Stage::NeedsLogin { hint, .. } => (hint, "the host wants another login"),
        Stage::NeedsSecondFactor { hint } => {
            (hint, "the host wants a second factor: set DESKWIRE_SECOND_FACTOR, or use --second-factor-file")
        }
        _ => return Ok(()),
    };
    Err(Failure::new(Kind::Login, hint.as_deref().unwrap_or(usual)))
}

/// Whether the host wants a login.
pub(crate) fn asks(view: &View) -> bool {
    matches!(view.stage, Stage::NeedsLogin { .. } | Stage::NeedsSecondFactor { .. })
}

/// An error if the session is over, or cannot be made anew.
pub(crate) fn check_end(view: &View) -> Outcome {
    check_code(view)?;
    let (Some(end), Stage::Ended(why)) = (view.end, &view.stage) else { return Ok(()) };
    let kind = match end {
        EndKind::Server => Kind::Server,
        EndKind::NotThere => Kind::NotThere,
        EndKind::HostKey | EndKind::Login => Kind::Login,
        _ => Kind::Lost,
    };
    Err(Failure::new(kind, why))
}

/// When things happened, in milliseconds since the dial.
pub(crate) fn timeline(view: &View) -> Value {
    let ms = |at: Option<std::time::Duration>| at.map(|at| at.as_secs_f64() * 1e3);
    json!({
        "introduced": ms(view.timeline.introduced),
        "established": ms(view.timeline.established),
        "logged_in": ms(view.timeline.logged_in),
        "first_frame": ms(view.timeline.first_frame),
        "direct": ms(view.timeline.direct),
    })
}
