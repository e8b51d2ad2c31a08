//! What people type: device ids, server keys, server links.

use deskwire_identity::{IdentityKey, ServerKey, ServerLink};
use deskwire_wire::ids::DeviceId;
use serde_json::json;

use crate::VectorFile;
use crate::input::hex;

pub(crate) const DEVICE_ID: VectorFile = VectorFile {
    name: "device_id.json",
    about: "Device ids: eleven digits and a check digit (Damm's quasigroup of order 10). A case has a number, or a text that people might type.",
    cases: || {
        let number = |n: u64| json!({ "number": n });
        let text = |text: &str| json!({ "text": text });
        vec![
            ("smallest", number(0)),
            ("one", number(1)),
            ("some", number(12_345_678_901)),
            ("largest", number(99_999_999_999)),
            ("typed in groups", text("123 456 789 018")),
            ("typed with dashes", text("000-000-000-000")),
            ("a wrong digit", text("123 456 789 010")),
            ("two digits swapped", text("132 456 789 018")),
            ("too short", text("123 456 789 01")),
            ("too long", text("123 456 789 0180")),
            ("a letter", text("123 456 789 01x")),
        ]
    },
    record: None,
    complete: |input| {
        if input.has("text") {
            return Ok(match input.text("text")?.parse::<DeviceId>() {
                Ok(id) => json!({ "id": format!("{:012}", id.as_digits()) }),
                Err(error) => json!({ "error": format!("{error:?}") }),
            });
        }
        let id = DeviceId::from_number(input.u64("number")?);
        if id.to_string().parse() != Ok(id) {
            return Err("the id does not come back from its text".to_owned());
        }
        Ok(json!({ "id": format!("{:012}", id.as_digits()), "shown": id.to_string() }))
    },
};

fn sample_key(n: u8) -> ServerKey {
    ServerKey(IdentityKey::from_bytes(&[n; 32]).public())
}

pub(crate) const SERVER_KEY: VectorFile = VectorFile {
    name: "server_key.json",
    about: "Text form of server keys: dwk1, then base32 (RFC 4648, lower case, no padding) of the 32 bytes of the key and the first 3 bytes of H(\"deskwire server key text\", key). The fingerprint is the first 32 bytes of H(\"deskwire key\", key).",
    cases: || {
        let key = |n: u8| json!({ "key": hex(sample_key(n).0.as_bytes()) });
        let text = |text: String| json!({ "text": text });
        let good = sample_key(1).to_string();
        let (start, end) = good.split_at(30);
        vec![
            ("a key", key(1)),
            ("another key", key(0xfe)),
            ("typed in upper case with blanks", text(format!("{} {}", start.to_uppercase(), end))),
            (
                "a wrong character",
                text(good.replacen(&good[20..21], if &good[20..21] == "a" { "b" } else { "a" }, 1)),
            ),
            ("too short", text(good[..59].to_owned())),
            ("another prefix", text(good.replacen("dwk1", "dwk2", 1))),
            ("a character that does not exist", text(format!("{}0", &good[..59]))),
        ]
    },
    record: None,
    complete: |input| {
        if input.has("text") {
            return Ok(match input.text("text")?.parse::<ServerKey>() {
                Ok(key) => json!({ "key": hex(key.0.as_bytes()) }),
                Err(error) => json!({ "error": format!("{error:?}") }),
            });
        }
        let key = ServerKey(input.key("key")?);
        if key.to_string().parse() != Ok(key) {
            return Err("the key does not come back from its text".to_owned());
        }
        Ok(json!({ "text": key.to_string(), "fingerprint": hex(&key.0.fingerprint()) }))
    },
};

pub(crate) const SERVER_LINK: VectorFile = VectorFile {
    name: "server_link.json",
    about: "Links: deskwire://host[:port]/?key=…&id=…. The output is what is read and the form in which it is written again.",
    cases: || {
        let text = |text: String| json!({ "text": text });
        let key = sample_key(1);
        vec![
            ("host only", text("deskwire://desk.example".to_owned())),
            ("all of it", text(format!("deskwire://Desk.Example:21116/?key={key}&id=123456789018"))),
            ("an IPv6 address", text("deskwire://[2001:DB8::1]:7/".to_owned())),
            ("an unknown parameter", text("deskwire://desk.example/?relay=x".to_owned())),
            (
                "a parameter twice",
                text("deskwire://desk.example/?id=123456789018&id=123456789018".to_owned()),
            ),
            ("a user name", text("deskwire://user@desk.example/".to_owned())),
            ("port zero", text("deskwire://desk.example:0/".to_owned())),
            ("another scheme", text("https://desk.example/".to_owned())),
        ]
    },
    record: None,
    complete: |input| {
        Ok(match input.text("text")?.parse::<ServerLink>() {
            Ok(link) => json!({
                "host": link.host,
                "port": link.port,
                "key": link.key.map(|key| key.to_string()),
                "id": link.id.map(|id| format!("{:012}", id.as_digits())),
                "written": link.to_string(),
            }),
            Err(error) => json!({ "error": format!("{error:?}") }),
        })
    },
};

/// So that the inputs above stay what they say.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Input;

    #[test]
    fn cases_that_should_fail_do_and_others_do_not() {
        for (file, failing) in [
            (DEVICE_ID, &["a wrong digit", "two digits swapped", "too short", "too long", "a letter"][..]),
            (
                SERVER_KEY,
                &["a wrong character", "too short", "another prefix", "a character that does not exist"][..],
            ),
            (
                SERVER_LINK,
                &["an unknown parameter", "a parameter twice", "a user name", "port zero", "another scheme"]
                    [..],
            ),
        ] {
            for (name, input) in (file.cases)() {
                let output = (file.complete)(Input(&input)).unwrap();
                assert_eq!(output.get("error").is_some(), failing.contains(&name), "{}: {name}", file.name);
            }
        }
    }
}
