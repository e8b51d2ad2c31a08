//! Messages about direct paths.

use deskwire_wire::ids::Role;
use deskwire_wire::punch::{
    CandidateKind, Candidates, Filtering, Forecast, Mapping, Outcome, PunchCandidate, PunchMsg, Strategy,
};
use serde_json::{Value, json};

use super::{Sample, address, at, sample};

/// One message of each kind.
pub(super) fn samples() -> Vec<Sample> {
    let candidate = |text: &str, kind| PunchCandidate { addr: at(text), kind };
    let candidates = Candidates {
        generation: 3,
        mapping: Mapping::AddressPortDependent { delta: -2 },
        filtering: Filtering::AddressDependent,
        frugal: true,
        candidates: vec![
            candidate("192.168.1.2:4000", CandidateKind::Host),
            candidate("[2001:db8::1]:4000", CandidateKind::Host),
            candidate("203.0.113.9:61000", CandidateKind::ServerReflexive),
            candidate("203.0.113.9:4000", CandidateKind::Mapped),
        ],
    };
    let first = at("203.0.113.9:61004");
    [
        ("candidates", PunchMsg::Candidates(candidates)),
        ("ready", PunchMsg::Ready { generation: 3 }),
        (
            "start",
            PunchMsg::Start { round: 2, delay_us: 21_500, strategy: Strategy::Birthday { hard: Role::Host } },
        ),
        ("result", PunchMsg::Result { round: 2, outcome: Outcome::Failed }),
        (
            "forecast",
            PunchMsg::Forecast { round: 2, forecast: Forecast::Ports { first, step: -2, count: 8 } },
        ),
        ("forecast without a rule", PunchMsg::Forecast { round: 3, forecast: Forecast::NoRule }),
        (
            "tcp",
            PunchMsg::TcpCandidates {
                round: 1,
                candidates: vec![candidate("192.168.1.2:4001", CandidateKind::TcpHost)],
            },
        ),
    ]
    .into_iter()
    .map(|(name, message)| sample(name, "PunchMessage", &message))
    .collect()
}

/// A message by the names of its schema.
pub(super) fn fields(message: &PunchMsg) -> Result<Value, String> {
    Ok(match message {
        PunchMsg::Candidates(c) => {
            let (mapping, delta) = match c.mapping {
                Mapping::Unknown => (0, 0),
                Mapping::EndpointIndependent => (1, 0),
                Mapping::AddressPortDependent { delta } => (2, delta),
                Mapping::Blocked => (3, 0),
                Mapping::AddressDependent { delta } => (4, delta),
                _ => return Err("there is a new mapping; say here which number it has".to_owned()),
            };
            let filtering = match c.filtering {
                Filtering::Unknown => 0,
                Filtering::EndpointIndependent => 1,
                Filtering::AddressDependent => 2,
                Filtering::AddressPortDependent => 3,
                _ => return Err("there is a new filtering; say here which number it has".to_owned()),
            };
            json!({ "candidates": {
                "generation": c.generation, "mapping": mapping, "delta": delta,
                "list": list(&c.candidates)?, "filtering": filtering, "frugal": c.frugal,
            } })
        }
        PunchMsg::Ready { generation } => json!({ "ready": generation }),
        PunchMsg::Start { round, delay_us, strategy } => {
            let strategy = match strategy {
                Strategy::Timed => 0,
                Strategy::Birthday { hard: Role::Viewer } => 1,
                Strategy::Birthday { hard: Role::Host } => 2,
                Strategy::BothCount => 3,
                Strategy::Tcp => 4,
                _ => return Err("there is a new strategy; say here which number it has".to_owned()),
            };
            json!({ "start": { "round": round, "delayMicros": delay_us, "strategy": strategy } })
        }
        PunchMsg::Result { round, outcome } => {
            let outcome = match outcome {
                Outcome::Found => 0,
                Outcome::Failed => 1,
                _ => return Err("there is a new outcome; say here which number it has".to_owned()),
            };
            json!({ "result": { "round": round, "outcome": outcome } })
        }
        PunchMsg::Forecast { round, forecast } => {
            let (kind, first, step, count) = match forecast {
                Forecast::NoRule => (0, Value::from(""), 0, 0),
                Forecast::Ports { first, step, count } => (1, address(*first), *step, *count),
                _ => return Err("there is a new forecast; say here which number it has".to_owned()),
            };
            json!({ "forecast": { "round": round, "kind": kind, "first": first, "step": step, "count": count } })
        }
        PunchMsg::TcpCandidates { round, candidates } => {
            json!({ "tcp": { "round": round, "list": list(candidates)? } })
        }
        _ => return Err("this message is not known here; say which fields it has".to_owned()),
    })
}

fn list(candidates: &[PunchCandidate]) -> Result<Vec<Value>, String> {
    let kind = |kind: CandidateKind| {
        Ok(match kind {
            CandidateKind::Host => 0,
            CandidateKind::Mapped => 1,
            CandidateKind::ServerReflexive => 2,
            CandidateKind::PeerReflexive => 3,
            CandidateKind::TcpHost => 4,
            CandidateKind::TcpMapped => 5,
            CandidateKind::TcpServerReflexive => 6,
            _ => return Err("this kind of candidate does not travel".to_owned()),
        })
    };
    candidates.iter().map(|c| Ok(json!({ "address": address(c.addr), "kind": kind(c.kind)? }))).collect()
}
