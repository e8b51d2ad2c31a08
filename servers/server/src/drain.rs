//! The relay's state on its way to the rendezvous server, and the end after the last session.

use std::time::Duration;

#[cfg(unix)]
use async_signal::Signal;
use async_signal::Signals;
use deskwire_driver::Handle;
use deskwire_wire::ids::RelayId;
use smol::Timer;
use smol::channel::Receiver;
use smol::future::FutureExt;
use smol::stream::StreamExt;

use crate::error::ServerError;
use crate::nodes::{News, ask};

/// How often the rendezvous server hears of its own relay.
const EVERY: Duration = Duration::from_secs(2);

/// What ends a server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// Now.
    AtOnce,
    /// When sessions have left the relay.
    Drained,
}

/// Waits for a word to end, or for a failure.
pub(crate) async fn wait(
    signals: &mut Signals,
    news: &Receiver<News>,
    drain: &Receiver<()>,
) -> Result<End, ServerError> {
    let signal = async {
        Ok(match signals.next().await {
            #[cfg(unix)]
            Some(Ok(Signal::Term)) => End::Drained,
            _ => End::AtOnce,
        })
    };
    let asked = async {
        if drain.recv().await.is_err() {
            std::future::pending::<()>().await;
        }
        Ok(End::Drained)
    };
    signal.or(asked).or(failure(news)).await
}

/// Drains a relay; ends when nobody is left, at the deadline, or at a second signal.
pub(crate) async fn drain(
    relay: &Handle<deskwire_relay::Server>,
    patience: Duration,
    signals: &mut Signals,
    news: &Receiver<News>,
) -> Result<(), ServerError> {
    tracing::info!(seconds = patience.as_secs(), "the relay drains");
    // It may have ended by itself.
    let _ = relay.send(|relay, now| relay.drain(now));
    let empty = async { failure(news).await.map(|_| "the last session has left") };
    let late = async {
        Timer::after(patience).await;
        Ok("the time to leave is over")
    };
    let again = async {
        signals.next().await;
        Ok("a second signal")
    };
    let why = empty.or(late).or(again).await?;
    tracing::info!(why, "drained");
    Ok(())
}

/// Ends with a failure, or when the relay is empty.
async fn failure(news: &Receiver<News>) -> Result<End, ServerError> {
    loop {
        match news.recv().await {
            Ok(News::Ended(error)) => return Err(error),
            Ok(News::Failed(error)) => tracing::error!("{error}"),
            Ok(News::Listening(_)) => {}
            Ok(News::Drained) => return Ok(End::AtOnce),
            // Both machines' threads are gone, which one of them has explained.
            Err(_) => std::future::pending().await,
        }
    }
}

/// Tells the rendezvous server how its own relay is, until it is dropped.
pub(crate) async fn keep_told(
    id: RelayId,
    relay: Handle<deskwire_relay::Server>,
    rendezvous: Handle<deskwire_rendezvous::Server>,
) {
    let mut told = None;
    loop {
        if let Some((load, _)) = ask(&relay, |relay| relay.load()).await
            && told.replace(load) != Some(load)
        {
            let (state, percent) = load;
            // It may be on its way out.
            let _ = rendezvous.send(move |server, now| server.set_relay_load(now, id, state, percent));
        }
        Timer::after(EVERY).await;
    }
}
