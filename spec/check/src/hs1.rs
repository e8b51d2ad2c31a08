//! The key handshake: its formulas against its machine.

use deskwire_handshake::{
    Handshake, HostConfig, Level, Secret, Secret64, Secrets, Step, ViewerConfig, initial_secrets,
    next_secret, packet_keys, packet_nonce,
};
use deskwire_identity::extract;
use deskwire_machine::Seed;
use deskwire_wire::ids::IntroductionId;
use serde_json::{Value, json};

use crate::VectorFile;
use crate::input::{Input, hex};
use crate::transcript::{self, Session, Values, put_level};

pub(crate) const HS1: VectorFile = VectorFile {
    name: "hs1.json",
    about: "The key handshake HS1: every value of a run. th2_unsealed and th3_unsealed are the transcript before c2 and c3; …_nonce_1_2 is the nonce of packet 2 on path 1. What a side draws at random (viewer_x25519_secret and so on) comes from its seed here; other implementations may take the drawn values as their input.",
    cases: || {
        let base = || {
            json!({
                "mode": 0, "host_id": "123456789018",
                "viewer_secret": hex(&[0xa1; 32]), "host_secret": hex(&[0xb1; 32]),
                "viewer_transport_parameters": hex(b"viewer"), "host_transport_parameters": hex(b"host"),
                "viewer_seed": hex(&[0xa2; 32]), "host_seed": hex(&[0xb2; 32]),
            })
        };
        let with = |changes: Value| {
            let mut input = base();
            if let (Some(input), Some(changes)) = (input.as_object_mut(), changes.as_object()) {
                input.extend(changes.clone());
            }
            input
        };
        vec![
            (
                "introduced by a server",
                with(json!({
                    "server_fingerprint": hex(&[0x51; 32]), "introduction": hex(&[0x52; 32]),
                    "introduction_secret": hex(&[0x53; 32]),
                })),
            ),
            ("direct, key known", base()),
            ("direct, key unknown", with(json!({ "mode": 1 }))),
            (
                "direct, without transport parameters",
                with(json!({ "viewer_transport_parameters": "", "host_transport_parameters": "" })),
            ),
            (
                "direct, longest transport parameters",
                with(json!({
                    "viewer_transport_parameters": hex(&[0xaa; 1024]),
                    "host_transport_parameters": hex(&[0xbb; 1024]),
                })),
            ),
        ]
    },
    record: None,
    complete: |input| {
        let session = Session::read(input)?;
        let values = transcript::run(&session)?;
        compare(&session, &values)?;
        Ok(values.into_json())
    },
};

pub(crate) const INITIAL: VectorFile = VectorFile {
    name: "initial_secrets.json",
    about: "Secrets of QUIC's Initial level: Exp(Ext(introduction secret or the public salt, connection id), \"initial a2b\" | \"initial b2a\", \"\", 64).",
    cases: || {
        vec![
            (
                "of an introduction",
                json!({ "introduction_secret": hex(&[0x53; 32]), "connection_id": "0001020304050607" }),
            ),
            ("of a direct dial", json!({ "connection_id": "0001020304050607" })),
            ("of an empty connection id", json!({ "connection_id": "" })),
        ]
    },
    record: None,
    complete: |input: Input<'_>| {
        let secret = input.optional::<32>("introduction_secret")?;
        let cid = input.bytes("connection_id")?;
        let salt = secret.as_ref().unwrap_or(b"deskwire HS1 public initial salt");
        let chain = extract(salt, &cid);
        let mut values = Values::default();
        for label in ["initial a2b", "initial b2a"] {
            let secret: Secret64 = deskwire_identity::expand(&chain, label, &[]);
            put_level(&mut values, &label.replace(' ', "_"), &secret);
        }
        let made = initial_secrets(secret.map(Secret::new).as_ref(), &cid);
        is_level(&values, "initial", &made)?;
        Ok(values.into_json())
    },
};

/// Runs both machines and holds everything that can be seen of them against the formulas.
fn compare(session: &Session, values: &Values) -> Result<(), String> {
    let id = session.host_id.as_ref().map(|id| id.parse()).transpose().map_err(|_| "host_id is no id")?;
    let [server, introduction, secret] = session.introduction.map_or([None; 3], |all| all.map(Some));
    let mut viewer = Handshake::viewer(ViewerConfig {
        target: id,
        expected_host_key: session.knows_key.then(|| session.host.public()),
        server_fingerprint: server,
        introduction: introduction.map(IntroductionId),
        introduction_secret: secret.map(Secret::new),
        identity: session.viewer.clone(),
        transport_parameters: session.viewer_parameters.clone(),
        seed: Seed::new(session.viewer_seed),
    });
    let mut host = Handshake::host(HostConfig {
        id,
        server_fingerprint: server,
        introduction: introduction.map(IntroductionId),
        introduction_secret: secret.map(Secret::new),
        identity: session.host.clone(),
        transport_parameters: session.host_parameters.clone(),
        seed: Seed::new(session.host_seed),
    });
    for message in ["m1", "m2", "m3", "m4", "m5"] {
        let from_viewer = matches!(message, "m1" | "m3" | "m5");
        let (from, to) = if from_viewer { (&mut viewer, &mut host) } else { (&mut host, &mut viewer) };
        // Keys that come before a message belong to the message read last.
        let (level, bytes) = loop {
            match from.poll() {
                Some(Step::Send { level, bytes }) => break (level, bytes),
                Some(step) => is_step(values, &step)?,
                None => return Err(format!("the machine did not send {message}")),
            }
        };
        values.is(message, &bytes)?;
        to.read(level, &bytes).map_err(|error| format!("{message}: {error}"))?;
    }
    for machine in [&mut viewer, &mut host] {
        while let Some(step) = machine.poll() {
            is_step(values, &step)?;
        }
        if !machine.is_established() {
            return Err("a machine is not established".to_owned());
        }
    }
    Ok(())
}

fn is_step(values: &Values, step: &Step) -> Result<(), String> {
    match step {
        Step::Keys { level: Level::Handshake, secrets } => is_level(values, "handshake", secrets),
        Step::Keys { level: Level::Application, secrets } => is_level(values, "traffic", secrets),
        Step::Established(established) => {
            values.is("exporter", established.exporter.as_bytes())?;
            values.is("resumption", established.resumption.as_bytes())
        }
        Step::Keys { level: Level::Initial, .. } | Step::Send { .. } => {
            Err("the machine did something that was not its turn".to_owned())
        }
    }
}

/// Secrets of a level, their packet keys and their successors.
fn is_level(values: &Values, level: &str, secrets: &Secrets) -> Result<(), String> {
    for (direction, secret) in [("a2b", &secrets.a2b), ("b2a", &secrets.b2a)] {
        let name = format!("{level}_{direction}");
        let keys = packet_keys(secret);
        values.is(&name, secret.as_bytes())?;
        values.is(&format!("{name}_key"), keys.key.as_bytes())?;
        values.is(&format!("{name}_iv"), keys.iv.as_bytes())?;
        values.is(&format!("{name}_hp"), keys.hp.as_bytes())?;
        values.is(&format!("{name}_nonce_1_2"), &packet_nonce(&keys.iv, 1, 2))?;
        values.is(&format!("{name}_next"), next_secret(secret).as_bytes())?;
    }
    Ok(())
}
