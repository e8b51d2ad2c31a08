//! What the server's ports and its other address say of the NAT, in words.

use std::net::SocketAddr;

use deskwire_core::punch::Filtering;

use super::Finding;

/// How the network in front of this device maps its address, in the words of RFC 4787.
pub(super) fn nat(
    seen: Option<(SocketAddr, Option<SocketAddr>, Option<SocketAddr>)>,
    own: &[std::net::IpAddr],
) -> Finding {
    match seen {
        None => Finding::remark("nat", "the server did not say how this device looks from outside"),
        Some((main, ..)) if own.contains(&main.ip()) => Finding::fine(
            "nat",
            format!("no NAT: the server sees this device's own address {}; direct paths are easy", main.ip()),
        ),
        Some((main, None, _)) => Finding::remark(
            "nat",
            format!(
                "there is a NAT (seen as {main}), but its kind is not known, because the second reflector port did not \
                 answer"
            ),
        ),
        Some((main, Some(second), Some(alternate))) if main == second && main != alternate => {
            Finding::remark(
                "nat",
                format!(
                    "address-dependent mapping (ADM, RFC 4787), seen as {main} and from the server's other address as \
                 {alternate}: each peer sees another address, so direct paths work only with peers that have an easy NAT, \
                 and others go through the relay"
                ),
            )
        }
        Some((main, Some(second), _)) if main == second => Finding::fine(
            "nat",
            format!(
                "endpoint-independent mapping (EIM, RFC 4787), seen as {main}: peers can be told where to send, so \
                 direct paths are likely"
            ),
        ),
        Some((main, Some(second), _)) => Finding::remark(
            "nat",
            format!(
                "address and port-dependent mapping (APDM, RFC 4787), seen as {main} and {second}: each peer sees another \
                 address, so direct paths work only with peers that have an easy NAT, and others go through the relay"
            ),
        ),
    }
}

/// Whom the network in front of this device lets in, in the words of RFC 4787.
pub(super) fn filtering(told: Option<(Option<SocketAddr>, Filtering)>) -> Finding {
    let fine = |text: &str| Finding::fine("filtering", text);
    match told {
        Some((_, Filtering::EndpointIndependent)) => fine(
            "endpoint-independent filtering (EIF, RFC 4787): the network lets in everybody once this device has sent, so \
             direct paths are easy",
        ),
        Some((_, Filtering::AddressDependent)) => fine(
            "address-dependent filtering (ADF, RFC 4787): the network lets in only addresses that this device has sent \
             to, which both sides of a direct path do",
        ),
        Some((_, Filtering::AddressPortDependent)) => fine(
            "address and port-dependent filtering (APDF, RFC 4787): the network lets in only who was sent to, address \
             and port; direct paths are likely with peers whose NAT keeps its ports",
        ),
        Some((None, _)) => fine(
            "whom the network lets in is not known, because the server has no second address; direct paths are found by \
             trying, so nothing depends on it",
        ),
        Some((Some(alternate), _)) => Finding::remark(
            "filtering",
            format!(
                "whom the network lets in is not known, because the server's second address {alternate} did not answer; \
                 its operator has to open UDP there"
            ),
        ),
        None => Finding::remark(
            "filtering",
            "whom the network lets in is not known, because the server did not answer in time",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Grade;

    #[test]
    fn nats_are_named_by_what_two_ports_see() {
        let [one, two]: [SocketAddr; 2] =
            ["198.51.100.7:4000", "198.51.100.7:4001"].map(|a| a.parse().unwrap());
        let own = ["10.0.0.2".parse().unwrap()];
        for alternate in [None, Some(one)] {
            assert!(nat(Some((one, Some(one), alternate)), &own).text.contains("EIM"));
        }
        let hard = nat(Some((one, Some(two), None)), &own);
        assert!(hard.text.contains("(APDM,") && hard.grade == Grade::Remark);
        let hard = nat(Some((one, Some(one), Some(two))), &own);
        assert!(hard.text.contains("(ADM,") && hard.grade == Grade::Remark);
        assert!(nat(Some((one, None, None)), &own).text.contains("not known"));
        assert!(nat(Some((one, None, None)), &[one.ip()]).text.contains("no NAT"));
    }

    #[test]
    fn filters_are_named_and_what_is_not_known_says_why() {
        let alternate = Some("198.51.100.2:21112".parse().unwrap());
        for (told, word, grade) in [
            (Some((alternate, Filtering::EndpointIndependent)), "(EIF,", Grade::Fine),
            (Some((alternate, Filtering::AddressDependent)), "(ADF,", Grade::Fine),
            (Some((alternate, Filtering::AddressPortDependent)), "(APDF,", Grade::Fine),
            (Some((alternate, Filtering::Unknown)), "198.51.100.2:21112 did not answer", Grade::Remark),
            (Some((None, Filtering::Unknown)), "no second address", Grade::Fine),
            (None, "in time", Grade::Remark),
        ] {
            let finding = filtering(told);
            assert!(finding.text.contains(word) && finding.grade == grade, "{finding:?}");
        }
    }
}
