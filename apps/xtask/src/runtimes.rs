//! The rules about runtimes: the page that shows a client on each, and the one nobody maintains.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// The page, and the adapters whose example it shows.
const PAGE: &str = "io/README.md";
const ADAPTERS: &[&str] = &["blocking", "smol", "tokio", "async-std"];

/// The longest client, in lines that are neither empty nor comments.
const CLIENT_LINES: usize = 40;

/// The smallest client on the core, and its longest, with everything in it.
const MINIMAL: (&str, usize) = ("core/node/examples/minimal_client.rs", 100);

/// The adapter that no crate may use, and that is built only when asked for.
const UNMAINTAINED: &str = "deskwire-io-async-std";

/// Breaches of the rules.
pub(crate) fn breaches(root: &Path, metadata: &Value) -> Vec<String> {
    let mut found = page(root);
    found.extend(unmaintained(metadata));
    let (path, most) = MINIMAL;
    match fs::read_to_string(root.join(path)).map(|text| text.lines().count()) {
        Ok(lines) if lines <= most => {}
        Ok(lines) => found.push(format!("{path} has {lines} lines, over {most}")),
        Err(_) => found.push(format!("{path} is missing")),
    }
    found
}

/// The page shows the examples as they are compiled, and none of them is long.
fn page(root: &Path) -> Vec<String> {
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let page = read(PAGE);
    let mut breaches = Vec::new();
    for adapter in ADAPTERS {
        let path = format!("io/{adapter}/examples/client.rs");
        let text = read(&path);
        if text.is_empty() {
            breaches.push(format!("{path} is missing"));
            continue;
        }
        let shown = shown(&text);
        if !page.contains(&format!("```rust\n{shown}```\n")) {
            breaches.push(format!("{PAGE} does not show {path} as it is"));
        }
        let lines = shown.lines().filter(|line| !line.trim().is_empty()).count();
        if lines > CLIENT_LINES {
            breaches.push(format!("{path} has {lines} lines, over {CLIENT_LINES}"));
        }
    }
    breaches
}

/// An example without the comment at its top.
fn shown(text: &str) -> String {
    let lines = text.lines().skip_while(|line| line.starts_with("//!") || line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// All members but the unmaintained adapter are default members, and nobody depends on it.
fn unmaintained(metadata: &Value) -> Vec<String> {
    let ids = |key: &str| -> Vec<&str> {
        metadata[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let name_of = |id: &str| {
        packages.iter().find(|p| p["id"].as_str() == Some(id)).and_then(|p| p["name"].as_str()).unwrap_or("?")
    };
    let default = ids("workspace_default_members");
    let mut breaches: Vec<String> = ids("workspace_members")
        .into_iter()
        .filter(|id| default.contains(id) == (name_of(id) == UNMAINTAINED))
        .map(|id| match name_of(id) {
            UNMAINTAINED => format!("{UNMAINTAINED} must not be among the default members"),
            name => format!("{name} is missing from the default members"),
        })
        .collect();
    for package in packages {
        let needs = package["dependencies"].as_array().into_iter().flatten();
        if needs.filter_map(|d| d["name"].as_str()).any(|name| name == UNMAINTAINED) {
            breaches.push(format!("{} depends on {UNMAINTAINED}", package["name"]));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_stale_page_and_a_long_client_are_found() {
        let root = tempfile::tempdir().unwrap();
        for adapter in ADAPTERS {
            let folder = root.path().join("io").join(adapter).join("examples");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("client.rs"), format!("//! On {adapter}.\n\nfn main() {{}}\n")).unwrap();
        }
        let write = |text: &str| fs::write(root.path().join(PAGE), text).unwrap();
        write("```rust\nfn main() {}\n```\n");
        assert!(page(root.path()).is_empty());
        write("```rust\nfn main() { }\n```\n");
        assert_eq!(page(root.path()).len(), ADAPTERS.len());
        let long = "call();\n".repeat(CLIENT_LINES + 1);
        fs::write(root.path().join("io/tokio/examples/client.rs"), &long).unwrap();
        write(&format!("```rust\n{long}```\n```rust\nfn main() {{}}\n```\n"));
        assert_eq!(page(root.path()), ["io/tokio/examples/client.rs has 41 lines, over 40"]);
    }

    #[test]
    fn the_unmaintained_adapter_may_not_spread() {
        let package = |name: &str, needs: &[&str]| {
            json!({ "id": name, "name": name,
                    "dependencies": needs.iter().map(|n| json!({ "name": n })).collect::<Vec<_>>() })
        };
        let metadata = |default: &[&str], needs: &[&str]| {
            json!({ "workspace_members": ["app", "lib", UNMAINTAINED], "workspace_default_members": default,
                    "packages": [package("app", needs), package("lib", &[]), package(UNMAINTAINED, &[])] })
        };
        assert!(unmaintained(&metadata(&["app", "lib"], &["lib"])).is_empty());
        assert_eq!(unmaintained(&metadata(&["app", "lib", UNMAINTAINED], &[])).len(), 1);
        assert_eq!(unmaintained(&metadata(&["app"], &[])), ["lib is missing from the default members"]);
        assert_eq!(unmaintained(&metadata(&["app", "lib"], &[UNMAINTAINED])).len(), 1);
    }
}
