//! Cutting a batch of datagrams into as few system calls as the system allows.

use std::num::NonZeroUsize;

use super::Sent;

/// What became of one call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// The system took it.
    Sent,
    /// The socket is full.
    Blocked,
    /// A signal came in between.
    Interrupted,
    /// An error.
    Refused,
}

/// Sends `bytes`, datagrams of `segment` bytes each, by calls of `send` that take at most `per_call` datagrams; gives
/// the offset of the first byte not sent where the socket is full.
///
/// `per_call` is asked each time: some network drivers refuse batches that the kernel promised to cut, and the answer
/// to that is to send singly from then on, beginning with what was just refused.
pub(super) fn cut(
    bytes: &[u8],
    segment: Option<NonZeroUsize>,
    per_call: impl Fn(NonZeroUsize) -> usize,
    mut send: impl FnMut(&[u8], Option<usize>) -> Outcome,
    told: &mut Sent,
) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        let step = segment.map_or(bytes.len(), |s| s.get() * per_call(s));
        let contents = &bytes[at..bytes.len().min(at + step)];
        let cuts = segment.filter(|s| s.get() < contents.len());
        match send(contents, cuts.map(NonZeroUsize::get)) {
            Outcome::Sent => {
                told.sent += count(contents.len(), segment);
                told.calls += 1;
            }
            Outcome::Blocked => return Some(at),
            Outcome::Interrupted => continue,
            Outcome::Refused if cuts.is_some_and(|s| per_call(s) == 1) => continue,
            // A datagram the network does not take is lost, as others are on the way.
            Outcome::Refused => told.dropped += count(contents.len(), segment),
        }
        at += contents.len();
    }
    None
}

/// How many datagrams so many bytes are.
pub(super) fn count(bytes: usize, segment: Option<NonZeroUsize>) -> u64 {
    segment.map_or(1, |s| bytes.div_ceil(s.get()) as u64)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const SIZE: NonZeroUsize = NonZeroUsize::new(10).unwrap();

    #[test]
    fn a_refused_batch_goes_singly_and_so_does_the_rest() {
        let (most, mut calls, mut told) = (Cell::new(4), Vec::new(), Sent::default());
        let rest = cut(
            &[7; 95],
            Some(SIZE),
            |_| most.get(),
            |contents, cuts| {
                calls.push((contents.len(), cuts));
                if cuts.is_some() && calls.len() > 1 {
                    most.set(1);
                    return Outcome::Refused;
                }
                Outcome::Sent
            },
            &mut told,
        );
        assert_eq!((rest, told), (None, Sent { sent: 10, dropped: 0, calls: 7 }));
        let singly = [(10, None), (10, None), (10, None), (10, None), (10, None), (5, None)];
        assert_eq!(calls[..2], [(40, Some(10)), (40, Some(10))]);
        assert_eq!(calls[2..], singly);
    }

    #[test]
    fn a_full_socket_keeps_the_rest_and_a_lost_call_does_not() {
        let (mut outcomes, mut told) = (
            [Outcome::Refused, Outcome::Interrupted, Outcome::Sent, Outcome::Blocked].into_iter(),
            Sent::default(),
        );
        let rest =
            cut(&[7; 95], Some(SIZE), |_| 3, |_, _| outcomes.next().unwrap_or(Outcome::Blocked), &mut told);
        assert_eq!((rest, told), (Some(60), Sent { sent: 3, dropped: 3, calls: 1 }));
    }
}
