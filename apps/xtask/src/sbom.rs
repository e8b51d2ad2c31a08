//! `cargo xtask sbom`: for each program that ships a list of what is in it, as CycloneDX 1.5 (JSON) in `target/sbom`.
//!
//! What is in a program is what `cargo tree` says for it alone, so features that only tests or other programs turn on bring
//! nothing in. The same sources give the same file, which names no path of this computer. (cargo-cyclonedx 0.5.9 lists the
//! packages of tests too, and names paths.)

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};

use crate::run;

/// The programs that ship.
pub(crate) const PROGRAMS: [&str; 3] = ["deskwire", "deskwire-server", "deskwire-viewer"];

/// Name and version: what names a package here, since all are of one registry or our own.
type Package = (String, String);

/// Which packages each package depends on.
type Tree = BTreeMap<Package, BTreeSet<Package>>;

/// Writes the lists.
pub(crate) fn run() -> Result<(), String> {
    let facts = Facts::read()?;
    let folder = run::target_dir()?.join("sbom");
    fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    for program in PROGRAMS {
        let bom = bom(program, &facts)?;
        let file = folder.join(format!("{program}.cdx.json"));
        let text = serde_json::to_string_pretty(&bom).map_err(|e| format!("{program}: {e}"))? + "\n";
        fs::write(&file, text).map_err(|e| format!("cannot write {}: {e}", file.display()))?;
        let count = bom["components"].as_array().map_or(0, Vec::len);
        eprintln!("sbom: {}: {count} packages", file.display());
    }
    Ok(())
}

/// The list of one program.
fn bom(program: &str, facts: &Facts) -> Result<Value, String> {
    let (all, root) = tree(&cargo_tree(program, "normal,build")?)?;
    let (inside, _) = tree(&cargo_tree(program, "normal,no-proc-macro")?)?;
    let others = all.keys().filter(|package| **package != root);
    let components: Vec<Value> =
        others.map(|package| facts.component(package, "library", inside.contains_key(package))).collect();
    let dependencies: Vec<Value> = all
        .iter()
        .map(|(package, on)| {
            let on: Vec<String> = on.iter().map(reference).collect();
            json!({"ref": reference(package), "dependsOn": on})
        })
        .collect();
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": facts.component(&root, "application", true),
            "properties": [{"name": "cdx:rustc:sbom:target:triple", "value": facts.target}],
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// What `cargo tree` says of a program. What is under a package it says the first time that it names the package.
fn cargo_tree(program: &str, edges: &str) -> Result<String, String> {
    run::cargo_output(&["tree", "--locked", "-p", program, "-e", edges, "--prefix", "depth"])
}

/// Reads that; gives the tree and its root. A line is a depth, a name, a version with a v, and notes in parentheses.
fn tree(text: &str) -> Result<(Tree, Package), String> {
    let mut tree = Tree::new();
    // The packages from the root to the one of this line.
    let mut above: Vec<Package> = Vec::new();
    // With an empty line in between, what is needed for building comes last.
    for line in text.lines().filter(|line| !line.is_empty()) {
        let name_at = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
        let (depth, rest) = line.split_at(name_at);
        let mut words = rest.split(' ');
        let (Ok(depth), Some(name), Some(version)) = (depth.parse::<usize>(), words.next(), words.next())
        else {
            return Err(format!("cargo tree says `{line}`, which we cannot read"));
        };
        let package = (name.to_owned(), version.trim_start_matches('v').to_owned());
        above.truncate(depth);
        if let Some(parent) = above.last() {
            tree.entry(parent.clone()).or_default().insert(package.clone());
        }
        tree.entry(package.clone()).or_default();
        above.push(package);
    }
    let root = above.into_iter().next().ok_or("cargo tree says nothing")?;
    Ok((tree, root))
}

/// How a list names a package.
fn reference((name, version): &Package) -> String {
    // A plus is an escape in an address.
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// What is known of packages besides.
struct Facts {
    target: String,
    licences: BTreeMap<Package, String>,
    /// SHA-256 of what the registry has; ours have none.
    checksums: BTreeMap<Package, String>,
}

impl Facts {
    fn read() -> Result<Self, String> {
        let version = run::cargo_output(&["version", "--verbose"])?;
        let target =
            version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("cargo names no host")?;
        let metadata = run::cargo_output(&["metadata", "--locked", "--format-version", "1"])?;
        let metadata: Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata: {e}"))?;
        let text = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let licences = packages.filter_map(|package| {
            // Before SPDX a slash was how one said "or".
            let licence = text(package, "license")?.replace('/', " OR ");
            Some(((text(package, "name")?, text(package, "version")?), licence))
        });
        let file = run::root().join("Cargo.lock");
        let lock = fs::read_to_string(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
        let lock: toml::Table = lock.parse().map_err(|e| format!("{}: {e}", file.display()))?;
        let locked = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
        let text = |value: &toml::Value, name: &str| value.get(name)?.as_str().map(str::to_owned);
        let checksums = locked.filter_map(|package| {
            Some(((text(package, "name")?, text(package, "version")?), text(package, "checksum")?))
        });
        Ok(Self { target: target.to_owned(), licences: licences.collect(), checksums: checksums.collect() })
    }

    /// A package; `inside` the program, or only at work while it is built.
    fn component(&self, package: &Package, kind: &str, inside: bool) -> Value {
        let mut component = json!({
            "type": kind,
            "bom-ref": reference(package),
            "name": package.0,
            "version": package.1,
            "scope": if inside { "required" } else { "excluded" },
        });
        if let Some(licence) = self.licences.get(package) {
            component["licenses"] = json!([{"expression": licence}]);
        }
        if let Some(checksum) = self.checksums.get(package) {
            component["purl"] = reference(package).into();
            component["hashes"] = json!([{"alg": "SHA-256", "content": checksum}]);
        }
        component
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str) -> Package {
        (name.to_owned(), version.to_owned())
    }

    #[test]
    fn a_tree_is_read_with_what_was_said_before() {
        let text = "0app v0.1.0 (/somewhere)\n1one v1.0.0\n2two v2.0.0-rc.1\n1two v2.0.0-rc.1 (*)\n\n1three v3.0.0 (proc-macro)\n";
        let (tree, root) = tree(text).unwrap();
        let (one, two, three) =
            (package("one", "1.0.0"), package("two", "2.0.0-rc.1"), package("three", "3.0.0"));
        assert_eq!(root, package("app", "0.1.0"));
        assert_eq!(tree[&root], BTreeSet::from([one.clone(), two.clone(), three]));
        assert_eq!(tree[&one], BTreeSet::from([two.clone()]));
        assert!(tree[&two].is_empty());
        assert!(super::tree("[build-dependencies]").is_err());
        assert!(super::tree("").is_err());
    }

    /// What a list says, as names and versions.
    fn said(bom: &Value, scope: Option<&str>) -> BTreeSet<String> {
        let components = bom["components"].as_array().unwrap().iter();
        let wanted = components.filter(|component| scope.is_none_or(|scope| component["scope"] == scope));
        let name = |c: &Value| format!("{} {}", c["name"].as_str().unwrap(), c["version"].as_str().unwrap());
        wanted.map(name).collect()
    }

    #[test]
    fn each_program_lists_what_cargo_tree_does() {
        let facts = Facts::read().unwrap();
        for program in PROGRAMS {
            let bom = bom(program, &facts).unwrap();
            let plain = |edges: &str| -> BTreeSet<String> {
                let args =
                    ["tree", "--locked", "-p", program, "-e", edges, "--prefix", "none", "--format", "{p}"];
                let text = run::cargo_output(&args).unwrap();
                // The first is the program.
                let lines = text.lines().skip(1).filter(|line| !line.is_empty());
                let name =
                    |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ").replace(" v", " ");
                lines.map(name).collect()
            };
            assert_eq!(said(&bom, None), plain("normal,build"), "{program}");
            assert_eq!(said(&bom, Some("required")), plain("normal,no-proc-macro"), "{program}");
            assert!(said(&bom, Some("required")).contains("ring 0.17.14"), "{program}");
            assert!(!said(&bom, None).iter().any(|name| name.starts_with("proptest ")), "{program}");
            shape(&bom, program);
        }
    }

    /// What CycloneDX 1.5 wants of the parts that we use.
    fn shape(bom: &Value, program: &str) {
        assert_eq!((&bom["bomFormat"], &bom["specVersion"]), (&json!("CycloneDX"), &json!("1.5")));
        assert_eq!(bom["metadata"]["component"]["name"], program);
        assert!(!bom.to_string().contains(&*run::root().to_string_lossy()), "a path of this computer");
        let mut references = BTreeSet::new();
        let all = bom["components"].as_array().unwrap().iter().chain([&bom["metadata"]["component"]]);
        for component in all {
            assert!(references.insert(component["bom-ref"].as_str().unwrap()), "named twice: {component}");
            assert!(["library", "application"].contains(&component["type"].as_str().unwrap()));
            assert!(component["licenses"][0]["expression"].is_string(), "no licence: {component}");
            if let Some(hash) = component["hashes"][0]["content"].as_str() {
                assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{component}");
            }
        }
        for dependency in bom["dependencies"].as_array().unwrap() {
            let on = dependency["dependsOn"].as_array().unwrap();
            for name in on.iter().chain([&dependency["ref"]]) {
                assert!(references.contains(name.as_str().unwrap()), "{name} is no component");
            }
        }
        assert_eq!(references.len(), bom["dependencies"].as_array().unwrap().len());
    }
}
