//! The files in `spec/vectors` are what the crates make, and a file that says anything else is found out.

use std::path::PathBuf;

use deskwire_spec::{FILES, Failure, check_file, check_text, is_current, render};
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../vectors")
}

// spec: HS-5, TR-7
#[test]
fn files_are_what_the_crates_make() {
    let write = std::env::var_os("DESKWIRE_WRITE_VECTORS").is_some_and(|value| value == "1");
    for file in FILES {
        let made = render(file).unwrap();
        let path = folder().join(file.name);
        let mut stored = std::fs::read_to_string(&path).unwrap_or_default();
        // A recording that still holds stays: others may have taken it for their tests.
        if write && (!is_current(file, &stored, &made) || check_text(file, &stored).is_err()) {
            std::fs::write(&path, &made).unwrap();
            stored = made.clone();
        }
        assert!(
            is_current(file, &stored, &made),
            "{} is not what the crates make; if the protocol was meant to change, run this test with DESKWIRE_WRITE_VECTORS=1",
            file.name
        );
        assert!(check_file(file, &folder()).unwrap() > 0);
    }
    if write {
        return;
    }
    let known: Vec<_> = FILES.iter().map(|file| file.name).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.ends_with(".json") || known.contains(&name.as_str()), "nobody checks {name}");
    }
}

/// Changes one value a little.
fn changed(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let last = text.chars().last();
            let start: String = text.chars().take(text.chars().count().saturating_sub(1)).collect();
            Value::String(start + if last == Some('0') { "1" } else { "0" })
        }
        Value::Number(number) => Value::from(number.as_u64().map_or(0, |n| n + 1)),
        Value::Bool(value) => Value::Bool(!value),
        // Something deep inside: the last value of the last part.
        Value::Array(parts) if !parts.is_empty() => {
            let mut parts = parts.clone();
            parts.last_mut().into_iter().for_each(|part| *part = changed(part));
            Value::Array(parts)
        }
        Value::Object(fields) if !fields.is_empty() => {
            let mut fields = fields.clone();
            fields.values_mut().next_back().into_iter().for_each(|field| *field = changed(field));
            Value::Object(fields)
        }
        _ => Value::from("changed"),
    }
}

#[test]
fn every_changed_output_is_found() {
    let mut changes = 0;
    for file in FILES {
        let root: Value = serde_json::from_str(&render(file).unwrap()).unwrap();
        for (i, case) in root["cases"].as_array().unwrap().iter().enumerate() {
            // The long cases of one file differ in little: every field of the first, one of the others.
            let fields: Vec<_> = case["output"].as_object().unwrap().iter().collect();
            for (field, value) in fields.iter().take(if i == 0 { usize::MAX } else { 1 }) {
                let mut bad = serde_json::json!({ "cases": [case] });
                bad["cases"][0]["output"][field.as_str()] = changed(value);
                assert_eq!(
                    check_text(file, &bad.to_string()),
                    Err(Failure::Difference {
                        name: case["name"].as_str().unwrap().to_owned(),
                        fields: vec![field.to_string()],
                    }),
                    "{}",
                    file.name
                );
                changes += 1;
            }
        }
    }
    assert!(changes > 300, "only {changes} values were changed");
}

#[test]
fn changed_inputs_and_broken_files_are_found() {
    for file in FILES {
        for text in ["", "{}", "{\"cases\":[]}", "{\"cases\":[{\"input\":{}}]}", "{\"cases\":{}}"] {
            assert!(matches!(check_text(file, text), Err(Failure::Malformed(_))), "{}: {text}", file.name);
        }
        let no_input = r#"{"cases":[{"name":"x","input":{},"output":{}}]}"#;
        assert!(matches!(check_text(file, no_input), Err(Failure::Case { .. })), "{}", file.name);
    }
    for file in FILES {
        let made = render(file).unwrap();
        let other = made.replacen("\"name\": \"", "\"name\": \"x", 1);
        assert!(is_current(file, &made, &made) && !is_current(file, &other, &made), "{}", file.name);
        assert!(!is_current(file, "", &made), "{}", file.name);
    }
    let hs1 = FILES.iter().find(|file| file.name == "hs1.json").unwrap();
    let text = render(hs1).unwrap();
    let input = "\"viewer_seed\": \"a2";
    assert!(text.contains(input));
    let changed = text.replacen(input, "\"viewer_seed\": \"a3", 1);
    assert!(matches!(check_text(hs1, &changed), Err(Failure::Difference { .. })));
}

#[test]
fn a_folder_without_files_is_a_failure() {
    let nowhere = folder().join("nowhere");
    assert!(FILES.iter().all(|file| matches!(check_file(file, &nowhere), Err(Failure::Unreadable(_)))));
}
