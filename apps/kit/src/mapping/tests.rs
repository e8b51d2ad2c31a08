//! Against a router made of one socket on loopback, which may be deaf, forgetful or malicious.

use std::cell::RefCell;

use super::*;

const OUTER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);

/// Runs `ask` against a router that answers the n-th request with the datagrams that `answer` gives.
fn with_router<T>(
    answer: impl Fn(usize, &[u8]) -> Vec<Vec<u8>> + Send + 'static,
    ask: impl FnOnce(SocketAddrV4) -> T,
) -> T {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let std::net::SocketAddr::V4(router) = socket.local_addr().unwrap() else { unreachable!() };
    let thread = thread::spawn(move || {
        let mut buf = [0; 100];
        for n in 0.. {
            let (len, from) = socket.recv_from(&mut buf).unwrap();
            if len == 1 {
                return;
            }
            for datagram in answer(n, &buf[..len]) {
                socket.send_to(&datagram, from).unwrap();
            }
        }
    });
    let result = ask(router);
    UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().send_to(&[0], router).unwrap();
    thread.join().unwrap();
    result
}

/// The answer of a PCP router that maps to port 40,000 for 120 seconds.
fn pcp_answer(request: &[u8], code: u8) -> Vec<u8> {
    let mut answer = vec![2, 0x81, 0, code];
    answer.extend(120_u32.to_be_bytes());
    answer.extend([0; 16]);
    answer.extend(&request[24..42]);
    answer.extend(40_000_u16.to_be_bytes());
    answer.extend(OUTER.to_ipv6_mapped().octets());
    answer
}

fn pmp_answer(request: &[u8]) -> Vec<u8> {
    let mut answer = vec![0, request[1] | 0x80, 0, 0, 0, 0, 0, 9];
    match request[1] {
        0 => answer.extend(OUTER.octets()),
        _ => {
            answer.extend(&request[4..6]);
            answer.extend(40_001_u16.to_be_bytes());
            answer.extend(60_u32.to_be_bytes());
        }
    }
    answer
}

#[test]
fn pcp_survives_losses_and_strangers_answers() {
    let lease = with_router(
        |n, request| match n {
            0 => vec![],
            // Another nonce, another port, rubbish, and then ours.
            _ => {
                assert_eq!((request.len(), request[0], request[1], request[36]), (60, 2, 1, 17));
                let mut strange = pcp_answer(request, 0);
                strange[24] ^= 1;
                let mut other = pcp_answer(request, 0);
                other[41] ^= 1;
                vec![strange, other, vec![2], b"rubbish".to_vec(), pcp_answer(request, 0)]
            }
        },
        |router| pcp::map_at(router, Ipv4Addr::LOCALHOST, 5_000, None),
    )
    .unwrap();
    assert_eq!(lease.external, SocketAddrV4::new(OUTER, 40_000));
    assert_eq!((lease.lifetime, lease.protocol), (Some(Duration::from_secs(120)), Protocol::Pcp));
}

#[test]
fn a_renewal_names_what_it_had() {
    let before = Lease {
        external: SocketAddrV4::new(OUTER, 40_000),
        protocol: Protocol::Pcp,
        lifetime: None,
        gateway: Ipv4Addr::LOCALHOST,
        port: 5_000,
        nonce: [7; 12],
        upnp: None,
    };
    let lease = with_router(
        |_, request| {
            assert_eq!(request[24..36], [7; 12]);
            assert_eq!(request[42..44], 40_000_u16.to_be_bytes());
            vec![pcp_answer(request, 0)]
        },
        |router| pcp::map_at(router, Ipv4Addr::LOCALHOST, 5_000, Some(&before)),
    );
    assert_eq!(lease.unwrap().nonce, [7; 12]);
}

#[test]
fn refusals_say_why_and_older_routers_are_asked_otherwise() {
    let refused = with_router(
        |_, request| vec![pcp_answer(request, 8)],
        |r| pcp::map_at(r, Ipv4Addr::LOCALHOST, 9, None),
    );
    assert_eq!(refused.unwrap_err(), MappingError::Refused("it has no ports left".into()));
    // What a NAT-PMP router says to a PCP request.
    let older = with_router(
        |_, _| vec![vec![0, 0x81, 0, 1, 0, 0, 0, 9]],
        |router| pcp::map_at(router, Ipv4Addr::LOCALHOST, 9, None),
    );
    assert_eq!(older.unwrap_err(), MappingError::NoAnswer);
    let off =
        with_router(|_, _| vec![vec![0, 0x80, 0, 2, 0, 0, 0, 9]], |router| pmp::map_at(router, 9, None));
    assert!(matches!(off.unwrap_err(), MappingError::Refused(why) if why.contains("switched off")));
}

#[test]
fn nat_pmp_asks_for_the_address_and_then_for_the_port() {
    let lease = with_router(
        |n, request| {
            assert_eq!(request[0], 0);
            assert!(n > 0 || request[1] == 0, "the address comes first");
            // What is too short to be an answer is none.
            vec![vec![0, 0x80], pmp_answer(request)]
        },
        |router| pmp::map_at(router, 5_000, None),
    );
    let lease = lease.unwrap();
    assert_eq!(lease.external, SocketAddrV4::new(OUTER, 40_001));
    assert_eq!(lease.lifetime, Some(Duration::from_secs(60)));
}

/// What a keeper told, and when it asked.
#[derive(Default)]
struct Log {
    told: RefCell<Vec<Option<u16>>>,
    asked: RefCell<Vec<u64>>,
}

#[test]
fn a_mapping_is_renewed_at_half_its_life_kept_while_it_lives_and_lost_with_the_network() {
    let log = Log::default();
    let tell = |external: Option<SocketAddrV4>| log.told.borrow_mut().push(external.map(|e| e.port()));
    let mut keeper = Keeper { lease: None, due: Instant::ZERO, gateway: None, expires: None };
    let (home, other) = (Ipv4Addr::new(192, 168, 1, 1), Ipv4Addr::new(192, 168, 2, 1));
    let mut at = |second: u64, gateway: Option<Ipv4Addr>, works: bool| {
        let now = Instant::ZERO + Duration::from_secs(second);
        let obtain = |gateway: Ipv4Addr, before: Option<&Lease>| {
            log.asked.borrow_mut().push(second);
            let port = before.map_or_else(|| u16::from(gateway.octets()[2]), |lease| lease.external.port());
            works
                .then(|| Lease {
                    external: SocketAddrV4::new(OUTER, port),
                    protocol: Protocol::Pcp,
                    lifetime: Some(Duration::from_secs(1_000)),
                    gateway,
                    port: 1,
                    nonce: [0; 12],
                    upnp: None,
                })
                .ok_or(MappingError::NoAnswer)
        };
        keeper.tick(now, gateway, obtain, &tell);
    };
    for second in (0..=520).step_by(10) {
        at(second, Some(home), true);
    }
    assert_eq!((&*log.asked.borrow(), &*log.told.borrow()), (&vec![0, 500], &vec![Some(1)]));
    // The router is silent: asked again at 1,000, 1,250, ... and given up when the mapping has expired at 1,500.
    for second in (530..=1_600).step_by(10) {
        at(second, Some(home), false);
    }
    assert_eq!(*log.asked.borrow(), [0, 500, 1_000, 1_250, 1_380, 1_440, 1_470, 1_490, 1_500]);
    assert_eq!(*log.told.borrow(), [Some(1), None]);
    // Another network has another router, which is asked at once; no network has none.
    at(1_610, Some(other), true);
    at(1_620, None, true);
    assert_eq!(*log.told.borrow(), [Some(1), None, Some(2), None]);
}
