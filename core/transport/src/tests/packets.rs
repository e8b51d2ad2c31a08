//! What anybody on the way sees of packets.

/// A QUIC packet as anybody sees it on its way.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Initial or Handshake; otherwise it is one of the last level.
    pub(crate) is_long: bool,
    pub(crate) destination: Vec<u8>,
    /// Empty for packets of the last level, which have none.
    pub(crate) source: Vec<u8>,
}

/// The packets of a datagram (RFC 9000, sections 12.2 and 17).
pub(crate) fn packets(mut bytes: &[u8]) -> Vec<Seen> {
    fn split<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
        let (part, rest) = bytes.split_at(length);
        *bytes = rest;
        part
    }
    fn number(bytes: &mut &[u8]) -> usize {
        let length = 1 << (bytes[0] >> 6);
        let part = split(bytes, length);
        part[1..].iter().fold(usize::from(part[0] & 0x3f), |value, byte| value << 8 | usize::from(*byte))
    }
    let mut all = Vec::new();
    while let Some(first) = bytes.first().copied() {
        if first & 0x80 == 0 {
            all.push(Seen { is_long: false, destination: bytes[1..9].to_vec(), source: Vec::new() });
            break;
        }
        split(&mut bytes, 5);
        let [destination, source] = [0, 1].map(|_| {
            let length = usize::from(split(&mut bytes, 1)[0]);
            split(&mut bytes, length).to_vec()
        });
        all.push(Seen { is_long: true, destination, source });
        // Initial packets have a token; a Retry fills its datagram.
        match first & 0x30 {
            0x00 => {
                let token = number(&mut bytes);
                split(&mut bytes, token);
            }
            0x30 => break,
            _ => {}
        }
        let length = number(&mut bytes);
        split(&mut bytes, length);
    }
    all
}
