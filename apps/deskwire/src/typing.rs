//! `deskwire type`: types on another desktop, for scripts.

use std::time::{Duration, Instant};

use deskwire_core::wire::picture::Point;
use deskwire_core::wire::screen::{Button, InputEvent, Keysym};
use deskwire_core::wire::session::{MAX_INPUT_TEXT, Scope};
use deskwire_kit::config::Options;
use deskwire_kit::viewer::{Client, View, ViewerSound};
use serde_json::json;

use crate::Outcome;
use crate::interrupt::Interrupt;
use crate::output::{Failure, Kind, Output};
use crate::session::{self, Target, check_end};

/// How often it is looked whether the user wants it to end.
const LOOK: Duration = Duration::from_millis(200);
/// For so long the picture must rest until what was typed counts as taken in.
const REST: Duration = Duration::from_millis(400);
/// Return.
const RETURN: Keysym = Keysym(0xff0d);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    target: Target,
    /// What to type
    #[arg(value_name = "TEXT")]
    text: String,
    /// Click here first, in pixels of the display: windows take what is typed once they are clicked
    #[arg(long, value_name = "X,Y", value_parser = point)]
    click: Option<Point>,
    /// Press Return after it
    #[arg(long)]
    enter: bool,
    /// Give up after this time (seconds)
    #[arg(long, value_name = "S", default_value_t = 30)]
    timeout: u64,
}

fn point(text: &str) -> Result<Point, String> {
    let sides =
        text.split_once(',').and_then(|(x, y)| Some((x.trim().parse().ok()?, y.trim().parse().ok()?)));
    let (x, y) = sides.ok_or_else(|| format!("`{text}` is no point: use X,Y, for example 200,150"))?;
    Ok(Point { x, y })
}

pub(crate) fn run(options: &Options, args: &Args, output: Output) -> Outcome {
    if args.text.len() > MAX_INPUT_TEXT {
        let most = format!("a text of {} bytes is too long: type at most {MAX_INPUT_TEXT}", args.text.len());
        return Err(Failure::other(most));
    }
    let interrupt = Interrupt::install()?;
    // Ctrl-C at the question for the code is no refused login.
    let client = interrupt.explain(args.target.dial(options, false, ViewerSound::default()))?;
    let end = Instant::now() + Duration::from_secs(args.timeout);
    let view = wait_for_picture(&client, &interrupt, end)?;
    args.target.check_display(&view)?;
    if !view.granted.has(Scope::Input) {
        let why = "the host does not permit input: allow it there with `deskwire access`";
        return Err(Failure::new(Kind::Login, why));
    }
    client.input(events(args, &view));
    // The end of a session overtakes what was sent before it: only once the host shows no more it is safe.
    if !client.wait_still(REST, end.saturating_duration_since(Instant::now())) {
        check_end(&client.view())?;
        output.note("The picture never came to rest; perhaps not all was typed when the time was up.");
    }
    let count = args.text.chars().count();
    output.say(&format!("Typed {count} characters."), &json!({ "event": "typed", "characters": count }));
    Ok(())
}

fn events(args: &Args, view: &View) -> Vec<InputEvent> {
    let mut events = Vec::new();
    if let (Some(at), Some(display)) = (args.click, view.watched) {
        let button = |pressed| InputEvent::Button { button: Button::Left, pressed };
        events.extend([InputEvent::PointerMove { display, at }, button(true), button(false)]);
    }
    events.push(InputEvent::Text(args.text.clone()));
    if args.enter {
        events.extend([true, false].map(|pressed| InputEvent::Key { key: RETURN, pressed }));
    }
    events
}

fn wait_for_picture(client: &Client, interrupt: &Interrupt, end: Instant) -> Result<View, Failure> {
    loop {
        let view = client.wait_for(LOOK, |view| view.has_picture() || session::asks(view));
        if session::picture_of(&view)?.is_some() {
            return Ok(view);
        }
        interrupt.check()?;
        if Instant::now() >= end {
            return Err(session::took_too_long(&view));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_two_numbers() {
        assert_eq!(point("200,150"), Ok(Point { x: 200, y: 150 }));
        assert_eq!(point("0, -1"), Ok(Point { x: 0, y: -1 }));
        for wrong in ["", "200", "200,", "a,b", "1,2,3"] {
            assert!(point(wrong).is_err(), "{wrong}");
        }
    }
}
