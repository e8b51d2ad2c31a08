//! Why a session has no direct path, for programs: what a report says, as JSON.

use deskwire_core::Path;
use deskwire_core::punch::words::{filtering_in_words, kind_in_words, mapping_in_words};
use deskwire_core::punch::{Forecast, PunchCandidate, Report, Side, TcpReport};
use deskwire_core::wire::ids::DeviceId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::net::unix_time;

/// How the last session of this device as a viewer went, for `deskwire doctor`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastSession {
    /// The host's id.
    pub host: String,
    /// When that was known, Unix seconds.
    pub at: u64,
    /// The direct path, if there was one.
    pub direct: Option<String>,
    /// Why not, as [`to_json`] gives it.
    pub report: Option<Value>,
}

impl LastSession {
    /// It found a direct path.
    pub fn direct(host: DeviceId, path: Path) -> Self {
        Self { host: host.to_string(), at: unix_time(), direct: Some(path.to_string()), report: None }
    }

    /// It stayed on the relay.
    pub fn relayed(host: DeviceId, report: &Report) -> Self {
        let report = Some(to_json(report));
        Self { host: host.to_string(), at: unix_time(), direct: None, report }
    }

    /// Why it stayed on the relay, for people.
    pub fn why(&self) -> Option<&str> {
        self.report.as_ref()?.get("why")?.as_str()
    }
}

/// All of a report. `why` is a sentence for people, `verdict` a word that does not change.
pub fn to_json(report: &Report) -> Value {
    let probes: Vec<Value> = report
        .pairs
        .iter()
        .map(|pair| {
            json!({ "address": pair.addr.to_string(), "kind": kind_in_words(pair.kind), "sent": pair.requests,
                    "heard": pair.reached_us, "answered": pair.answered })
        })
        .collect();
    json!({
        "verdict": format!("{:?}", report.verdict),
        "why": report.to_string(),
        "here": side(&report.local),
        "there": side(&report.remote),
        "tries": report.rounds,
        "strategies": report.strategies.iter().map(|strategy| format!("{strategy:?}")).collect::<Vec<_>>(),
        "probes": probes,
        "refused": refused(&report.refused),
        "sockets": report.sockets,
        "guesses": report.guesses,
        "tcp": report.tcp.as_ref().map(tcp),
    })
}

fn side(side: &Side) -> Value {
    json!({
        "nat": mapping_in_words(side.mapping),
        "lets_in": filtering_in_words(side.filtering),
        "ports_follow_a_rule": match side.forecast {
            None => None,
            Some(Forecast::NoRule) => Some(false),
            Some(_) => Some(true),
        },
        "metered": side.frugal,
        "candidates": candidates(&side.candidates),
    })
}

fn candidates(candidates: &[PunchCandidate]) -> Vec<Value> {
    let one = |candidate: &PunchCandidate| json!({ "address": candidate.addr.to_string(), "kind": kind_in_words(candidate.kind) });
    candidates.iter().map(one).collect()
}

fn refused(refused: &[(std::net::SocketAddr, deskwire_core::punch::Forbidden)]) -> Vec<Value> {
    let one = |(address, why): &(std::net::SocketAddr, deskwire_core::punch::Forbidden)| json!({ "address": address.to_string(), "why": why.to_string() });
    refused.iter().map(one).collect()
}

fn tcp(report: &TcpReport) -> Value {
    let tried: Vec<Value> = report
        .pairs
        .iter()
        .map(|pair| {
            json!({ "address": pair.addr.to_string(), "kind": kind_in_words(pair.kind), "attempts": pair.attempts,
                    "connected": pair.connected, "answered": pair.answered })
        })
        .collect();
    json!({
        "here": candidates(&report.local),
        "there": candidates(&report.remote),
        "connections": tried,
        "came_in": report.accepted,
        "refused": refused(&report.refused),
    })
}
