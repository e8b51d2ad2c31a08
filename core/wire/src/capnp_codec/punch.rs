//! How punch messages look as Cap'n Proto.

use alloc::vec::Vec;

use super::relay::{get_address, put_address};
use super::{CapnProto, decode_packed, encode_packed, malformed};
use crate::codec::{CONTROL, Codec, DecodeError, EncodeError};
use crate::generated::punch_capnp::{candidate, candidates, forecast, punch_message as schema};
use crate::ids::Role;
use crate::punch::{
    CandidateKind, Candidates, Filtering, Forecast, MAX_CANDIDATES, MAX_FORECAST, Mapping, Outcome,
    PunchCandidate, PunchMsg, Strategy,
};

type List<'a> = capnp::struct_list::Builder<'a, candidate::Owned>;

impl Codec<PunchMsg> for CapnProto {
    fn encode(message: &PunchMsg, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let fits = match message {
            PunchMsg::Candidates(c) => c.candidates.len() <= MAX_CANDIDATES,
            PunchMsg::TcpCandidates { candidates, .. } => candidates.len() <= MAX_CANDIDATES,
            PunchMsg::Forecast { forecast: Forecast::Ports { count, .. }, .. } => *count <= MAX_FORECAST,
            PunchMsg::Unknown(_) => false,
            _ => true,
        };
        if !fits {
            return Err(EncodeError);
        }
        encode_packed(CONTROL, out, |builder| write(message, builder.init_root()))
    }

    fn decode(bytes: &[u8]) -> Result<PunchMsg, DecodeError> {
        decode_packed(CONTROL, bytes, |reader| read(reader.get_root().map_err(malformed)?))
    }
}

fn write(message: &PunchMsg, mut root: schema::Builder<'_>) {
    match message {
        PunchMsg::Candidates(candidates) => put_candidates(candidates, root.init_candidates()),
        PunchMsg::Ready { generation } => root.set_ready(*generation),
        PunchMsg::Forecast { round, forecast } => put_forecast(*round, *forecast, root.init_forecast()),
        PunchMsg::Start { round, delay_us, strategy } => {
            let mut to = root.init_start();
            to.set_strategy(match strategy {
                Strategy::Timed => 0,
                Strategy::Birthday { hard: Role::Viewer } => 1,
                Strategy::Birthday { hard: Role::Host } => 2,
                Strategy::BothCount => 3,
                Strategy::Tcp => 4,
                Strategy::Unknown(number) => *number,
            });
            to.set_round(*round);
            to.set_delay_micros(*delay_us);
        }
        PunchMsg::Result { round, outcome } => {
            let mut to = root.init_result();
            to.set_round(*round);
            to.set_outcome(match outcome {
                Outcome::Found => 0,
                Outcome::Failed => 1,
                Outcome::Unknown(number) => *number,
            });
        }
        PunchMsg::TcpCandidates { round, candidates } => {
            let mut to = root.init_tcp();
            to.set_round(*round);
            put_list(candidates, to.init_list(count(candidates)));
        }
        // `encode` refused it.
        PunchMsg::Unknown(_) => {}
    }
}

fn read(root: schema::Reader<'_>) -> Result<PunchMsg, DecodeError> {
    let which = match root.which() {
        Ok(which) => which,
        Err(capnp::NotInSchema(tag)) => return Ok(PunchMsg::Unknown(tag)),
    };
    Ok(match which {
        schema::Candidates(c) => PunchMsg::Candidates(get_candidates(c.map_err(malformed)?)?),
        schema::Ready(generation) => PunchMsg::Ready { generation },
        schema::Start(start) => {
            let start = start.map_err(malformed)?;
            let strategy = match start.get_strategy() {
                0 => Strategy::Timed,
                1 => Strategy::Birthday { hard: Role::Viewer },
                2 => Strategy::Birthday { hard: Role::Host },
                3 => Strategy::BothCount,
                4 => Strategy::Tcp,
                other => Strategy::Unknown(other),
            };
            PunchMsg::Start { round: start.get_round(), delay_us: start.get_delay_micros(), strategy }
        }
        schema::Forecast(forecast) => get_forecast(forecast.map_err(malformed)?)?,
        schema::Tcp(tcp) => {
            let tcp = tcp.map_err(malformed)?;
            let candidates = get_list(tcp.get_list().map_err(malformed)?)?;
            PunchMsg::TcpCandidates { round: tcp.get_round(), candidates }
        }
        schema::Result(result) => {
            let result = result.map_err(malformed)?;
            let outcome = match result.get_outcome() {
                0 => Outcome::Found,
                1 => Outcome::Failed,
                other => Outcome::Unknown(other),
            };
            PunchMsg::Result { round: result.get_round(), outcome }
        }
    })
}

fn put_candidates(from: &Candidates, mut to: candidates::Builder<'_>) {
    to.set_generation(from.generation);
    let (mapping, delta) = match from.mapping {
        Mapping::Unknown => (0, 0),
        Mapping::EndpointIndependent => (1, 0),
        Mapping::AddressPortDependent { delta } => (2, delta),
        Mapping::AddressDependent { delta } => (4, delta),
        Mapping::Blocked => (3, 0),
    };
    to.set_mapping(mapping);
    to.set_delta(delta);
    to.set_filtering(match from.filtering {
        Filtering::Unknown => 0,
        Filtering::EndpointIndependent => 1,
        Filtering::AddressDependent => 2,
        Filtering::AddressPortDependent => 3,
    });
    to.set_frugal(from.frugal);
    put_list(&from.candidates, to.init_list(count(&from.candidates)));
}

fn count(candidates: &[PunchCandidate]) -> u32 {
    u32::try_from(candidates.len()).expect("bounded by encode")
}

fn put_list(from: &[PunchCandidate], mut list: List<'_>) {
    for (i, candidate) in (0..count(from)).zip(from) {
        let mut item = list.reborrow().get(i);
        item.set_address(&put_address(candidate.addr));
        item.set_kind(match candidate.kind {
            CandidateKind::Host => 0,
            CandidateKind::Mapped => 1,
            CandidateKind::ServerReflexive => 2,
            CandidateKind::PeerReflexive => 3,
            CandidateKind::TcpHost => 4,
            CandidateKind::TcpMapped => 5,
            CandidateKind::TcpServerReflexive => 6,
            CandidateKind::Predicted => 7,
            CandidateKind::Guessed => 8,
            CandidateKind::Unknown(number) => number,
        });
    }
}

fn get_candidates(from: candidates::Reader<'_>) -> Result<Candidates, DecodeError> {
    let candidates = get_list(from.get_list().map_err(malformed)?)?;
    let mapping = match from.get_mapping() {
        1 => Mapping::EndpointIndependent,
        2 => Mapping::AddressPortDependent { delta: from.get_delta() },
        4 => Mapping::AddressDependent { delta: from.get_delta() },
        3 => Mapping::Blocked,
        _ => Mapping::Unknown,
    };
    let filtering = match from.get_filtering() {
        1 => Filtering::EndpointIndependent,
        2 => Filtering::AddressDependent,
        3 => Filtering::AddressPortDependent,
        _ => Filtering::Unknown,
    };
    let (generation, frugal) = (from.get_generation(), from.get_frugal());
    Ok(Candidates { generation, mapping, filtering, frugal, candidates })
}

fn get_list(
    list: capnp::struct_list::Reader<'_, candidate::Owned>,
) -> Result<Vec<PunchCandidate>, DecodeError> {
    let count = usize::try_from(list.len()).unwrap_or(usize::MAX);
    if count > MAX_CANDIDATES {
        return Err(DecodeError::Field("list"));
    }
    let mut candidates = Vec::with_capacity(count);
    for item in list {
        candidates.push(PunchCandidate {
            addr: get_address(item.get_address().map_err(malformed)?, "address")?,
            kind: match item.get_kind() {
                0 => CandidateKind::Host,
                1 => CandidateKind::Mapped,
                2 => CandidateKind::ServerReflexive,
                3 => CandidateKind::PeerReflexive,
                4 => CandidateKind::TcpHost,
                5 => CandidateKind::TcpMapped,
                6 => CandidateKind::TcpServerReflexive,
                7 => CandidateKind::Predicted,
                8 => CandidateKind::Guessed,
                other => CandidateKind::Unknown(other),
            },
        });
    }
    Ok(candidates)
}

fn put_forecast(round: u8, from: Forecast, mut to: forecast::Builder<'_>) {
    to.set_round(round);
    match from {
        Forecast::NoRule => to.set_kind(0),
        Forecast::Ports { first, step, count } => {
            to.set_kind(1);
            to.set_first(&put_address(first));
            to.set_step(step);
            to.set_count(count);
        }
        Forecast::Unknown(number) => to.set_kind(number),
    }
}

fn get_forecast(from: forecast::Reader<'_>) -> Result<PunchMsg, DecodeError> {
    let forecast = match from.get_kind() {
        0 => Forecast::NoRule,
        1 if from.get_count() > MAX_FORECAST => return Err(DecodeError::Field("count")),
        1 => Forecast::Ports {
            first: get_address(from.get_first().map_err(malformed)?, "first")?,
            step: from.get_step(),
            count: from.get_count(),
        },
        other => Forecast::Unknown(other),
    };
    Ok(PunchMsg::Forecast { round: from.get_round(), forecast })
}
