//! How likely luck is.

/// Ports that are guessed from: 1024 to 65,535.
pub const PORTS: u32 = 65_536 - FIRST_PORT as u32;
/// The first port that is guessed.
pub const FIRST_PORT: u16 = 1_024;

/// The probability that one of `guesses` different ports, drawn from `ports`, is one of the `sockets` different ports
/// that a NAT has given: `1 - C(ports - sockets, guesses) / C(ports, guesses)`, the hypergeometric distribution (the
/// birthday problem with two groups; D. Anderson, "How NAT traversal works", 2020, gives 98 % for 256 sockets and 1,024
/// guesses).
pub fn birthday(sockets: u32, guesses: u32, ports: u32) -> f64 {
    let (sockets, ports) = (f64::from(sockets), f64::from(ports));
    let missed = (0..guesses).map(f64::from).fold(1.0, |missed, drawn| {
        let left = ports - drawn;
        missed * if left > sockets { 1.0 - sockets / left } else { 0.0 }
    });
    1.0 - missed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthday_figures_are_the_known_ones() {
        for (guesses, percent) in [(174, 49.4), (256, 63.4), (512, 86.6), (1_024, 98.2), (2_048, 99.97)] {
            let found = birthday(256, guesses, 65_535) * 100.0;
            assert!((found - percent).abs() < 0.06, "{guesses} guesses: {found}");
        }
        assert_eq!(birthday(256, 0, PORTS), 0.0);
        assert_eq!(birthday(256, PORTS, PORTS), 1.0);
    }
}
