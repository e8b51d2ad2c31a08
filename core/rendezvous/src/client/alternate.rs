//! What the server's other address tells of the NAT: whether it maps by address, and whom it lets in (RFC 5780 sections
//! 4.3 and 4.4). It begins by itself once the second port has named that address, beside everything else: nothing waits
//! for it, and a server without another address is asked nothing.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use core::time::Duration;

use deskwire_machine::{Deadline, Instant, LinkId, LinkSpec, State as _, StateTable, change};
use deskwire_wire::frame::Kind;
use deskwire_wire::punch::Filtering;
use deskwire_wire::rendezvous::{AnswerFrom, Frame, RendezvousMsg};
use deskwire_wire::{CapnProto, Codec};

use super::{Client, ClientEvent, Phase, Retry, ServerAddress};

/// How often the other address is asked from where the session's socket comes.
const MAPPING_TRIES: u32 = 6;
/// How often an answer from elsewhere is asked for before it counts as kept out by the NAT: where one packet of ten is
/// lost, chance alone loses all of them about twice in a million.
const FILTERING_TRIES: u32 = 8;
/// Between two of those.
const EVERY: Duration = Duration::from_millis(400);
/// How long the answers to the last may take.
const LAST: Duration = Duration::from_millis(1_600);

/// From where answers are asked for, each as important as the next.
const PLACES: [AnswerFrom; 3] = [AnswerFrom::Here, AnswerFrom::OtherPort, AnswerFrom::OtherAddress];

/// For [`crate::STATES`].
pub(crate) const STATES: StateTable = Stage::TABLE;

/// The questions that the other address makes possible.
#[derive(Debug)]
pub(super) struct Inquiry {
    /// The server's other address.
    alternate: SocketAddr,
    /// How this device looks from the second port.
    second: SocketAddr,
    stage: Stage,
}

deskwire_machine::states! {
    "rendezvous client, asking how the NAT behaves";
    #[derive(Debug)]
    enum Stage {
        /// The other address is asked from where the session's socket comes.
        Mapping(Asked) => [Opening],
        /// A fresh socket is opened: the session's has sent to every place that answers are to come from.
        Opening { link: LinkId } => [Filtering],
        /// The second port is asked for answers from elsewhere.
        Filtering(Questions) => [],
    }
}

#[derive(Debug)]
struct Asked {
    nonce: u64,
    retry: Retry,
}

#[derive(Debug)]
struct Questions {
    link: LinkId,
    /// One for each of [`PLACES`], and whether its answer came.
    nonces: [u64; 3],
    came: [bool; 3],
    tries: u32,
    next: Instant,
}

impl Questions {
    /// What came through, if every answer had its time.
    const fn filtering(&self) -> Filtering {
        match self.came {
            [.., true] => Filtering::EndpointIndependent,
            [_, true, false] => Filtering::AddressDependent,
            [true, false, false] => Filtering::AddressPortDependent,
            // Not even the port that was sent to: nothing follows from silence then.
            [false, false, false] => Filtering::Unknown,
        }
    }
}

impl Inquiry {
    /// The socket that was opened for it.
    pub(super) const fn link(&self) -> Option<LinkId> {
        match &self.stage {
            Stage::Mapping(_) => None,
            Stage::Opening { link } | Stage::Filtering(Questions { link, .. }) => Some(*link),
        }
    }

    /// Whether the session's socket may hear from this address because of it.
    pub(super) fn expects(&self, from: SocketAddr) -> bool {
        from == self.alternate && matches!(self.stage, Stage::Mapping(_))
    }

    pub(super) const fn deadline(&self) -> Option<Deadline> {
        match &self.stage {
            Stage::Mapping(asked) => {
                Some(Deadline::new(asked.retry.at, "rendezvous client: ask the other address"))
            }
            Stage::Opening { .. } => None,
            Stage::Filtering(questions) => {
                Some(Deadline::new(questions.next, "rendezvous client: ask for answers from elsewhere"))
            }
        }
    }
}

/// Whether a server that is at `server` may have another address there. A client does not send wherever it is told.
fn is_usable(alternate: SocketAddr, server: &ServerAddress) -> bool {
    let (ip, main) = (alternate.ip(), server.main.ip());
    let reachable = !ip.is_unspecified() && !ip.is_multicast() && ip != IpAddr::V4(Ipv4Addr::BROADCAST);
    reachable
        && alternate.port() != 0
        && ip != main
        && ip.is_ipv4() == main.is_ipv4()
        && ip.is_loopback() == main.is_loopback()
}

impl Client {
    /// The two ports of the server have told what they see, and the second perhaps that there is another address.
    pub(super) fn start_inquiry(
        &mut self,
        now: Instant,
        second: Option<SocketAddr>,
        alternate: Option<SocketAddr>,
    ) {
        self.drop_inquiry();
        let nonce = self.rng.next_u64();
        let Phase::Connected(session) = &mut self.phase else { return };
        let server = session.server;
        match (second, alternate.filter(|alternate| is_usable(*alternate, &server))) {
            (Some(second), Some(alternate)) => {
                let stage = Stage::Mapping(Asked { nonce, retry: Retry::new(now) });
                session.inquiry = Some(Inquiry { alternate, second, stage });
            }
            _ => self.filtering_known(None, Filtering::Unknown),
        }
    }

    /// Ends it without a word.
    pub(super) fn drop_inquiry(&mut self) {
        let Phase::Connected(session) = &mut self.phase else { return };
        if let Some(link) = session.inquiry.take().and_then(|inquiry| inquiry.link()) {
            self.outbox.close(link);
        }
    }

    fn finish_inquiry(&mut self, filtering: Filtering) {
        let Phase::Connected(session) = &self.phase else { return };
        let alternate = session.inquiry.as_ref().map(|inquiry| inquiry.alternate);
        self.drop_inquiry();
        self.filtering_known(alternate, filtering);
    }

    fn filtering_known(&mut self, alternate: Option<SocketAddr>, filtering: Filtering) {
        self.event(ClientEvent::Filtering { alternate, filtering });
    }

    /// The other address saw the session's socket: a fresh one is opened for the rest.
    pub(super) fn handle_alternate_reflected(&mut self, nonce: u64, observed: SocketAddr) {
        let Phase::Connected(session) = &mut self.phase else { return };
        let main = session.seen_over_udp.unwrap_or(session.observed);
        let Some(inquiry) = &mut session.inquiry else { return };
        let second = Some(inquiry.second);
        let anywhere = match session.server.main {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        };
        if matches!(&inquiry.stage, Stage::Mapping(asked) if asked.nonce == nonce) {
            let link = self.config.ids.allocate();
            change(&mut inquiry.stage, Stage::Opening { link });
            self.outbox.open(link, LinkSpec::Udp { local: Some(SocketAddr::new(anywhere, 0)) });
            self.event(ClientEvent::Reflexive { main, second, alternate: Some(observed) });
        }
    }

    /// A socket opened. Gives whether it is the fresh one.
    pub(super) fn inquiry_opened(&mut self, now: Instant, opened: LinkId) -> bool {
        let nonces = PLACES.map(|_| self.rng.next_u64());
        let Phase::Connected(session) = &mut self.phase else { return false };
        let Some(inquiry) = &mut session.inquiry else { return false };
        if !matches!(inquiry.stage, Stage::Opening { link } if link == opened) {
            return false;
        }
        let questions = Questions { link: opened, nonces, came: [false; 3], tries: 0, next: now };
        change(&mut inquiry.stage, Stage::Filtering(questions));
        true
    }

    /// A socket closed. Gives whether it was the fresh one.
    pub(super) fn inquiry_closed(&mut self, closed: LinkId) -> bool {
        let Phase::Connected(session) = &mut self.phase else { return false };
        if session.inquiry.as_ref().and_then(Inquiry::link) != Some(closed) {
            return false;
        }
        let alternate = session.inquiry.take().map(|inquiry| inquiry.alternate);
        self.filtering_known(alternate, Filtering::Unknown);
        true
    }

    /// A datagram came to a socket. Gives whether that is the fresh one.
    pub(super) fn inquiry_datagram(
        &mut self,
        now: Instant,
        link: LinkId,
        from: SocketAddr,
        data: &[u8],
    ) -> bool {
        let Phase::Connected(session) = &self.phase else { return false };
        let Some(inquiry) = session.inquiry.as_ref().filter(|inquiry| inquiry.link() == Some(link)) else {
            return false;
        };
        let ServerAddress { main, reflector } = session.server;
        let place = [reflector, Some(main), Some(inquiry.alternate)].iter().position(|at| *at == Some(from));
        let sealed = match data.split_first() {
            Some((&kind, rest)) if Kind::of(kind) == Some(Kind::Rendezvous) => Frame::parse(rest),
            _ => None,
        };
        let (Some(place), Some(Frame::Sealed(sealed))) = (place, sealed) else {
            self.stats.rubbish += 1;
            return true;
        };
        let Some(plain) = self.open_frame(now, sealed) else { return true };
        let answered = match CapnProto::decode(&plain) {
            Ok(RendezvousMsg::Reflected { nonce, .. }) => Some(nonce),
            _ => None,
        };
        let Phase::Connected(session) = &mut self.phase else { return true };
        if let Some(Stage::Filtering(questions)) = session.inquiry.as_mut().map(|inquiry| &mut inquiry.stage)
            && answered.is_some()
            && questions.nonces.get(place).copied() == answered
            && let Some(came) = questions.came.get_mut(place)
        {
            *came = true;
            // What comes from where nothing was sent decides it.
            if questions.filtering() == Filtering::EndpointIndependent {
                self.finish_inquiry(Filtering::EndpointIndependent);
            }
        }
        true
    }

    /// Asks what is due.
    pub(super) fn drive_inquiry(&mut self, now: Instant) {
        let Phase::Connected(session) = &mut self.phase else { return };
        let Some(inquiry) = &mut session.inquiry else { return };
        let alternate = inquiry.alternate;
        match &mut inquiry.stage {
            Stage::Mapping(asked) => {
                if !asked.retry.is_due(now) {
                    return;
                }
                let nonce = asked.nonce;
                if asked.retry.sends > MAPPING_TRIES {
                    // If it cannot be reached at all, what does not come from there says nothing.
                    return self.finish_inquiry(Filtering::Unknown);
                }
                let question = RendezvousMsg::Reflect { nonce, from: AnswerFrom::Here };
                self.send_to(&question, Some(alternate));
            }
            Stage::Filtering(questions) if questions.next <= now => {
                if questions.tries == FILTERING_TRIES {
                    let filtering = questions.filtering();
                    return self.finish_inquiry(filtering);
                }
                questions.tries += 1;
                questions.next = now + if questions.tries == FILTERING_TRIES { LAST } else { EVERY };
                let (link, to) = (questions.link, session.server.reflector);
                let all = PLACES.into_iter().zip(questions.nonces).zip(questions.came);
                let open: Vec<_> = all.filter_map(|(question, came)| (!came).then_some(question)).collect();
                for (from, nonce) in open {
                    let payload = self.sealed_frame(&RendezvousMsg::Reflect { nonce, from });
                    if let (Some(payload), Some(to)) = (payload, to) {
                        let bytes = [&[Kind::Rendezvous as u8], payload.as_slice()].concat();
                        self.outbox.datagram(link, to, bytes);
                    }
                }
            }
            Stage::Opening { .. } | Stage::Filtering(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_says_whom_the_nat_lets_in() {
        let after = |came| {
            let link = deskwire_machine::LinkIds::new().allocate();
            Questions { link, nonces: [0; 3], came, tries: 0, next: Instant::ZERO }.filtering()
        };
        for (came, filtering) in [
            ([true, true, true], Filtering::EndpointIndependent),
            // The question to the port itself was lost each time.
            ([false, false, true], Filtering::EndpointIndependent),
            ([true, true, false], Filtering::AddressDependent),
            ([false, true, false], Filtering::AddressDependent),
            ([true, false, false], Filtering::AddressPortDependent),
            ([false, false, false], Filtering::Unknown),
        ] {
            assert_eq!(after(came), filtering, "{came:?}");
        }
    }

    // spec: RG-24
    #[test]
    fn t31_a_client_does_not_send_wherever_it_is_told() {
        let server = |main: &str| ServerAddress { main: main.parse().unwrap(), reflector: None };
        let usable = |alternate: &str, main: &str| is_usable(alternate.parse().unwrap(), &server(main));
        assert!(usable("192.0.2.2:21112", "192.0.2.1:21116"));
        assert!(usable("[2001:db8::2]:21112", "[2001:db8::1]:21116"));
        assert!(usable("127.0.0.2:1", "127.0.0.1:2"));
        for not in
            ["192.0.2.1:1", "0.0.0.0:1", "192.0.2.2:0", "224.0.0.1:1", "255.255.255.255:1", "127.0.0.1:1"]
        {
            assert!(!usable(not, "192.0.2.1:21116"), "{not}");
        }
        assert!(!usable("[2001:db8::2]:21112", "192.0.2.1:21116"));
    }
}
