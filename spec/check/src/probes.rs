//! Punch probes.

use deskwire_identity::{Secret, Secret64, bmac, expand, extract};
use deskwire_punch::probe::{Body, Keys, Probe};
use deskwire_wire::ids::Role;
use serde_json::json;

use crate::VectorFile;
use crate::input::{Input, hex};
use crate::transcript::Values;

pub(crate) const PROBES: VectorFile = VectorFile {
    name: "probes.json",
    about: "Punch probes, 54 bytes: 0x1f, 1 request or 2 response, 1 if the viewer chose this path, 0, tag (8), transaction (8), observed port and IPv6 or v4-mapped address XOR mask (18; zeros in a request), the first 16 bytes of BMAC(key, all before). Keys and tags of each sender: Exp(secret, \"punch viewer\" | \"punch host\" and \"punch tag viewer\" | \"punch tag host\", \"\", 32 | 8). The secret is the exporter of the session; without a session it is Exp(Ext(\"introduction\", introduction secret), \"punch without a session\", introduction id, 64). The mask is transaction, tag, 0x5a 0x5a.",
    cases: || {
        let probe = |sender: &str, transaction: u64, nominated: bool, observed: Option<&str>| {
            json!({
                "exporter": hex(&[0x61; 64]), "sender": sender, "transaction": transaction,
                "nominated": nominated, "observed": observed,
            })
        };
        let mut alone = probe("viewer", 1, false, None);
        alone["introduction_secret"] = json!(hex(&[0x53; 32]));
        alone["introduction"] = json!(hex(&[0x52; 32]));
        if let Some(fields) = alone.as_object_mut() {
            fields.remove("exporter");
        }
        vec![
            ("a request of the viewer", probe("viewer", 0x0102_0304_0506_0708, false, None)),
            ("a request of the host", probe("host", 7, false, None)),
            ("the viewer chooses", probe("viewer", u64::MAX, true, None)),
            ("a response over IPv4", probe("host", 0x0102_0304_0506_0708, false, Some("203.0.113.9:61000"))),
            ("a response over IPv6", probe("viewer", 0, true, Some("[2001:db8::1]:1"))),
            ("a request without a session", alone),
        ]
    },
    record: None,
    complete,
};

fn complete(input: Input<'_>) -> Result<serde_json::Value, String> {
    let secret = if input.has("exporter") {
        Secret64::new(input.array("exporter")?)
    } else {
        let chain = extract(b"introduction", &input.bytes("introduction_secret")?);
        expand(&chain, "punch without a session", &input.bytes("introduction")?)
    };
    let (role, name) = match input.text("sender")? {
        "viewer" => (Role::Viewer, "viewer"),
        "host" => (Role::Host, "host"),
        other => return Err(format!("there is no sender {other}")),
    };
    let transaction = input.u64("transaction")?;
    let body = match input.optional_text("observed")? {
        None => Body::Request,
        Some(text) => Body::Response { observed: text.parse().map_err(|_| "observed is no address")? },
    };
    let probe = Probe { body, nominated: input.flag("nominated")?, transaction };
    let made = Keys::new(role, &secret).seal(&probe);
    if Keys::new(role.peer(), &secret).open(&made) != Some(probe) {
        return Err("the peer does not read the probe".to_owned());
    }
    let mut v = Values::default();
    let key: Secret<32> = expand(&secret, &format!("punch {name}"), &[]);
    let tag: Secret<8> = expand(&secret, &format!("punch tag {name}"), &[]);
    let mask = [&transaction.to_be_bytes()[..], tag.as_bytes(), &[0x5a; 2]].concat();
    let mut probe = vec![0x1f, if body == Body::Request { 1 } else { 2 }, probe.nominated.into(), 0];
    probe.extend(tag.as_bytes());
    probe.extend(transaction.to_be_bytes());
    let address = match body {
        Body::Request => vec![0; 18],
        Body::Response { observed } => {
            let ip = match observed.ip() {
                std::net::IpAddr::V4(ip) => ip.to_ipv6_mapped(),
                std::net::IpAddr::V6(ip) => ip,
            };
            let clear = [&observed.port().to_be_bytes()[..], &ip.octets()].concat();
            clear.iter().zip(&mask).map(|(a, b)| a ^ b).collect()
        }
    };
    probe.extend(address);
    let mac = bmac(&key, &probe);
    probe.extend(mac.as_bytes().iter().take(16));
    if probe != made {
        return Err("the crate makes another probe than the formulas".to_owned());
    }
    for (name, value) in [
        ("secret", &secret.as_bytes()[..]),
        ("key", key.as_bytes()),
        ("tag", tag.as_bytes()),
        ("mask", &mask),
        ("mac", mac.as_bytes()),
        ("probe", &probe),
    ] {
        v.put(name, value);
    }
    Ok(v.into_json())
}
