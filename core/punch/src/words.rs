//! A report in words, for people who want to know why their session goes through a relay.

use core::fmt;

use deskwire_wire::punch::{CandidateKind, Filtering, Mapping};

use crate::{Report, Side, Verdict};

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Idle => "no direct path was looked for",
            Self::Searching => "a direct path is being looked for",
            Self::Found => "there is a direct path",
            Self::PeerSilent => {
                "the other side did not say in time where it can be reached; that is tried again later"
            }
            Self::NotOffered => "the other side offers no direct path: it uses relays only, or has no network of its own",
            Self::BlockedHere => "this network lets no UDP through, and TCP did not get through either",
            Self::BlockedThere => "the other side's network lets no UDP through, and TCP did not get through either",
            Self::BothHard => {
                "both routers give each connection another port, and at least one of them without a rule, so neither side \
                 can know where the other is reached"
            }
            Self::Miscounted => {
                "both routers give each connection another port, and other connections took those that were foretold"
            }
            Self::GuessingNotAllowed => {
                "one router gives ports without a rule, and many of them are not tried, because a line is metered or the \
                 settings say so"
            }
            Self::Unlucky => "one router gives ports without a rule, and none of those that were tried was the right one",
            Self::NoAnswer => {
                "the routers should let a direct path through, and nothing came: a firewall drops it, or much is lost; that \
                 is tried again later"
            }
        })
    }
}

/// What to call a NAT that maps like this.
pub const fn mapping_in_words(mapping: Mapping) -> &'static str {
    match mapping {
        Mapping::EndpointIndependent => "a NAT that keeps its ports",
        Mapping::AddressDependent { .. } => "a NAT with another port for each address",
        Mapping::AddressPortDependent { .. } => "a NAT with another port for each destination (symmetric)",
        Mapping::Blocked => "a network that blocks UDP",
        _ => "a NAT of unknown kind",
    }
}

/// What to call whom a NAT lets in.
pub const fn filtering_in_words(filtering: Filtering) -> &'static str {
    match filtering {
        Filtering::EndpointIndependent => "everybody",
        Filtering::AddressDependent => "addresses that were sent to",
        Filtering::AddressPortDependent => "only who was sent to",
        _ => "not known",
    }
}

/// What to call an address that was learned like this.
pub const fn kind_in_words(kind: CandidateKind) -> &'static str {
    match kind {
        CandidateKind::Host => "interface",
        CandidateKind::Mapped => "mapped by the router",
        CandidateKind::ServerReflexive => "seen by the server",
        CandidateKind::PeerReflexive => "seen by the other side",
        CandidateKind::TcpHost => "interface, TCP",
        CandidateKind::TcpMapped => "mapped by the router, TCP",
        CandidateKind::TcpServerReflexive => "seen by the server, TCP",
        CandidateKind::Predicted => "foretold",
        CandidateKind::Guessed => "guessed",
        _ => "unknown",
    }
}

/// What kind of NAT it has, and whom that lets in.
impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(mapping_in_words(self.mapping))?;
        match (self.mapping, self.filtering) {
            // Nobody gets in, or nothing is known.
            (Mapping::Blocked | Mapping::Unknown, _) => Ok(()),
            (_, Filtering::Unknown) => f.write_str(" (whom it lets in is not known)"),
            (_, filtering) => write!(f, ", which lets in {}", filtering_in_words(filtering)),
        }
    }
}

/// The verdict, both sides, and how much was tried, in one sentence.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heard = self.pairs.iter().filter(|pair| pair.answered || pair.reached_us).count();
        write!(
            f,
            "{}; here: {}; there: {}; {} tries, {} addresses probed, {heard} of them heard from",
            self.verdict,
            self.local,
            self.remote,
            self.rounds,
            self.pairs.len(),
        )?;
        if !self.refused.is_empty() {
            write!(f, ", {} not allowed", self.refused.len())?;
        }
        if self.guesses > 0 {
            write!(f, ", {} ports guessed", self.guesses)?;
        }
        if let Some(tcp) = &self.tcp {
            let made = tcp.pairs.iter().filter(|pair| pair.connected).count();
            write!(
                f,
                ", {} over TCP, {} of them connected",
                tcp.pairs.len(),
                made + usize::from(tcp.accepted)
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_report_is_one_sentence_that_begins_with_the_reason() {
        let mut report = Report { rounds: 3, guesses: 7, verdict: Verdict::Unlucky, ..Report::default() };
        report.local.mapping = Mapping::Blocked;
        let words = report.to_string();
        assert!(words.starts_with("one router gives ports without a rule"), "{words}");
        assert!(
            words.ends_with("3 tries, 0 addresses probed, 0 of them heard from, 7 ports guessed"),
            "{words}"
        );
        assert!(words.contains("here: a network that blocks UDP; there: a NAT of unknown kind"), "{words}");
    }

    #[test]
    fn a_side_says_whom_its_nat_lets_in_if_that_is_known() {
        let words = |mapping, filtering| Side { mapping, filtering, ..Side::default() }.to_string();
        let easy = Mapping::EndpointIndependent;
        assert_eq!(
            words(easy, Filtering::AddressPortDependent),
            "a NAT that keeps its ports, which lets in only who was sent to"
        );
        assert_eq!(
            words(easy, Filtering::Unknown),
            "a NAT that keeps its ports (whom it lets in is not known)"
        );
        assert_eq!(
            words(Mapping::AddressDependent { delta: 1 }, Filtering::EndpointIndependent),
            "a NAT with another port for each address, which lets in everybody"
        );
        assert_eq!(words(Mapping::Blocked, Filtering::Unknown), "a network that blocks UDP");
    }
}
