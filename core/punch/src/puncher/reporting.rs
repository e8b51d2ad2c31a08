//! What was tried, for the owner.

use super::Puncher;
use crate::report::{Pair, Report, Side, Verdict};
use crate::{Forecast, Mapping, Strategy};

impl Puncher {
    /// What was tried since the last change of addresses, and how it stands.
    pub fn report(&self) -> Report {
        let forecast = |known: Option<(u8, Forecast)>| known.map(|(_, forecast)| forecast);
        let local = Side {
            mapping: self.mapping(),
            filtering: self.filtering(),
            forecast: forecast(self.own_forecast),
            frugal: self.is_frugal(),
            candidates: self.own.iter().copied().map(Into::into).collect(),
        };
        let remote = self.peer.as_ref().map(|peer| Side {
            mapping: peer.mapping,
            filtering: peer.filtering,
            forecast: forecast(self.peer_forecast),
            frugal: peer.frugal,
            candidates: peer.candidates.clone(),
        });
        let pairs = self.targets.iter().map(|target| Pair {
            addr: target.addr,
            kind: target.kind,
            shared: self.sockets.iter().any(|(link, _)| *link == target.link),
            requests: target.sent,
            reached_us: target.reached_us,
            answered: target.answer.is_some(),
        });
        Report {
            rounds: self.rounds,
            strategies: self.strategies.clone(),
            local,
            remote: remote.unwrap_or_default(),
            pairs: pairs.collect(),
            refused: self.refused.clone(),
            sockets: self.sockets_opened,
            guesses: self.guesses,
            tcp: self.report_tcp(),
            verdict: self.verdict,
        }
    }

    /// Why all tries came to nothing.
    pub(super) fn diagnosis(&self) -> Verdict {
        let Some(peer) = &self.peer else { return Verdict::PeerSilent };
        let own = self.mapping();
        match (own.is_per_destination(), peer.mapping.is_per_destination()) {
            _ if own == Mapping::Blocked => Verdict::BlockedHere,
            _ if peer.mapping == Mapping::Blocked => Verdict::BlockedThere,
            (true, true) if self.strategies.contains(&Strategy::BothCount) => Verdict::Miscounted,
            (true, true) => Verdict::BothHard,
            (true, false) | (false, true) => {
                let guessed = self.strategies.iter().any(|s| matches!(s, Strategy::Birthday { .. }));
                match guessed {
                    true => Verdict::Unlucky,
                    false if peer.frugal || self.is_frugal() => Verdict::GuessingNotAllowed,
                    false => Verdict::NoAnswer,
                }
            }
            (false, false) => Verdict::NoAnswer,
        }
    }
}
