//! How punch messages look as Cap'n Proto.

use alloc::vec::Vec;

use super::relay::{get_address, put_address};
use super::{CapnProto, decode_packed, encode_packed, malformed};
use crate::codec::{CONTROL, Codec, DecodeError, EncodeError};
use crate::generated::punch_capnp::{candidates, punch_message as schema};
use crate::punch::{CandidateKind, Candidates, MAX_CANDIDATES, Mapping, Outcome, PunchCandidate, PunchMsg};

impl Codec<PunchMsg> for CapnProto {
    fn encode(message: &PunchMsg, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let fits = match message {
            PunchMsg::Candidates(c) => c.candidates.len() <= MAX_CANDIDATES,
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
        PunchMsg::Start { round, delay_us } => {
            let mut to = root.init_start();
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
            PunchMsg::Start { round: start.get_round(), delay_us: start.get_delay_micros() }
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
        Mapping::EndpointDependent { delta } => (2, delta),
        Mapping::Blocked => (3, 0),
    };
    to.set_mapping(mapping);
    to.set_delta(delta);
    let count = u32::try_from(from.candidates.len()).expect("bounded by encode");
    let mut list = to.init_list(count);
    for (i, candidate) in (0..count).zip(&from.candidates) {
        let mut item = list.reborrow().get(i);
        item.set_address(&put_address(candidate.addr));
        item.set_kind(match candidate.kind {
            CandidateKind::Host => 0,
            CandidateKind::Mapped => 1,
            CandidateKind::ServerReflexive => 2,
            CandidateKind::PeerReflexive => 3,
            CandidateKind::Unknown(number) => number,
        });
    }
}

fn get_candidates(from: candidates::Reader<'_>) -> Result<Candidates, DecodeError> {
    let list = from.get_list().map_err(malformed)?;
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
                other => CandidateKind::Unknown(other),
            },
        });
    }
    let mapping = match from.get_mapping() {
        1 => Mapping::EndpointIndependent,
        2 => Mapping::EndpointDependent { delta: from.get_delta() },
        3 => Mapping::Blocked,
        _ => Mapping::Unknown,
    };
    Ok(Candidates { generation: from.get_generation(), mapping, candidates })
}
