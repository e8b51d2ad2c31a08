#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(unix)]
mod socket;

use deskwire_rendezvous::choice::{CHOSEN, HYSTERESIS_MS, Ranked, Standing, UNKNOWN_MS, UNREACHED_MS};
use deskwire_rendezvous::server::Explanation;
use deskwire_wire::ids::DeviceId;
use serde_json::{Value, json};

#[cfg(unix)]
pub use socket::{AskError, Question, ask};

/// All relays of a server, as it knows them.
pub fn list(order: &[Ranked]) -> Value {
    json!({ "relays": order.iter().map(relay).collect::<Vec<_>>() })
}

/// Why a session between two devices uses which relays, as its server knows it.
pub fn explanation(viewer: DeviceId, host: DeviceId, explained: &Explanation) -> Value {
    json!({
        "viewer": { "id": viewer.to_string(), "online": explained.viewer_online },
        "host": { "id": host.to_string(), "online": explained.host_online },
        "chosen": CHOSEN,
        "relays": explained.order.iter().map(relay).collect::<Vec<_>>(),
    })
}

fn relay(ranked: &Ranked) -> Value {
    let standing = match ranked.choice.standing {
        Standing::Serving => "serving",
        Standing::Silent => "silent",
        Standing::Avoided => "avoided",
        Standing::Full => "full",
        Standing::Draining => "draining",
    };
    json!({
        "relay": ranked.choice.relay.0,
        "standing": standing,
        "load_percent": ranked.choice.load_percent,
        "viewer_ms": ranked.viewer_ms,
        "host_ms": ranked.host_ms,
        "penalty_ms": ranked.choice.penalty_ms,
        "load_ms": ranked.load_ms,
        "cost_ms": ranked.cost_ms,
    })
}

/// An answer for people: the relays in their order, and the reasons. What a relay's entry does not have is shown as `?`.
pub fn table(value: &Value) -> String {
    let mut text = String::new();
    for (side, name) in [("viewer", "dials"), ("host", "is dialled")] {
        let id = &value[side]["id"];
        if let (Some(id), Some(online)) = (id.as_str(), value[side]["online"].as_bool()) {
            let known =
                if online { "registered here" } else { "not registered here: its round trips are not known" };
            text.push_str(&format!("{id} {name}: {known}\n"));
        }
    }
    let empty = Vec::new();
    let relays = value["relays"].as_array().unwrap_or(&empty);
    if relays.is_empty() {
        text.push_str("the server has no relay: sessions are direct or do not come about\n");
        return text;
    }
    let explained = value["viewer"].is_object();
    if explained {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str("   relay  state     load  viewer    host  penalty  for load     sum\n");
    } else {
        text.push_str("relay  state     load  penalty  for load\n");
    }
    let chosen = value["chosen"].as_u64().unwrap_or(u64::MAX);
    for (place, relay) in (1..).zip(relays) {
        let with = |name: &str, unit: &str| {
            relay[name].as_u64().map_or_else(|| "?".to_owned(), |number| format!("{number}{unit}"))
        };
        let ms = |name: &str| with(name, " ms");
        let (id, load) = (with("relay", ""), with("load_percent", " %"));
        let state = relay["standing"].as_str().unwrap_or("?");
        let (penalty, for_load) = (ms("penalty_ms"), ms("load_ms"));
        if explained {
            let mark = if place <= chosen { format!("{place}.") } else { String::new() };
            text.push_str(&format!(
                "{mark:<3}{id:<6} {state:<8} {load:>6} {:>7} {:>7} {penalty:>8} {for_load:>9} {:>7}\n",
                ms("viewer_ms"),
                ms("host_ms"),
                ms("cost_ms"),
            ));
        } else {
            text.push_str(&format!("{id:<6} {state:<8} {load:>6} {penalty:>8} {for_load:>9}\n"));
        }
    }
    if explained {
        text.push_str(&format!(
            "\nfirst who takes sessions, then the smaller sum; below {HYSTERESIS_MS} ms of difference each session draws \
             lots.\n"
        ));
        text.push_str(&if relays.iter().all(|relay| relay["cost_ms"].is_u64()) {
            format!(
                "? is not measured: {UNKNOWN_MS} ms if that device measured none, {UNREACHED_MS} ms if it measured \
                 others.\n"
            )
        } else {
            "? is what the server tells its operator only (deskwire-server relay explain), or a relay that did not \
             answer this device.\n"
                .to_owned()
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_counts() {
        let relay = |id: u32, ms: Option<u32>, cost: u32| {
            json!({
                "relay": id, "standing": "serving", "load_percent": 80, "viewer_ms": 12, "host_ms": ms,
                "penalty_ms": 0, "load_ms": 60, "cost_ms": cost,
            })
        };
        let side = |online: bool| json!({ "id": "123 456 789 012", "online": online });
        let relays = [relay(7, Some(30), 102), relay(9, None, 322)];
        let text =
            table(&json!({ "viewer": side(true), "host": side(false), "chosen": 1, "relays": relays }));
        assert!(
            text.contains("1. 7      serving    80 %   12 ms   30 ms     0 ms     60 ms  102 ms"),
            "{text}"
        );
        assert!(text.contains("   9      serving    80 %   12 ms       ?"), "{text}");
        assert!(text.contains("not registered here") && text.contains("is not measured"), "{text}");
        assert!(table(&json!({ "relays": [] })).contains("no relay"));
    }

    #[test]
    fn what_a_device_is_not_told_is_no_number() {
        let relays = [json!({ "relay": 7, "viewer_ms": 12 }), json!({ "relay": 9 })];
        let text = table(&json!({ "viewer": {}, "host": {}, "chosen": 3, "relays": relays }));
        assert!(
            text.contains("1. 7      ?             ?   12 ms       ?        ?         ?       ?"),
            "{text}"
        );
        assert!(text.contains("tells its operator only"), "{text}");
    }
}
