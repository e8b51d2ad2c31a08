//! `cargo xtask models`: the Verifpal models of `spec/models/handshake`, with the expected result of every query.
//!
//! A model (`*.vp`) says after each query what is expected: `// holds` or `// attack`. A change (`*.change`) is a model with
//! a mistake: the model's name, lines to take out (`- `) and to put there instead (`+ `), and the queries to ask of it
//! (`attack` or `holds`). Every line to take out must be there exactly once, so a change cannot outlive what it changes.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::{run, setup};

/// Where they are.
const FOLDER: &str = "spec/models/handshake";

/// Analyses all models and changes, and tells every result that is not the expected one. `rest` may be `--sessions` and how
/// many sessions of each side run at once (1 if not given), and words that choose files by their names.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    setup::run(setup::Need::Models)?;
    let (sessions, words) = match rest {
        [flag, number, words @ ..] if flag == "--sessions" => (number.as_str(), words),
        words => ("1", words),
    };
    let folder = run::root().join(FOLDER);
    let scratch = run::target_dir()?.join("models");
    fs::create_dir_all(&scratch).map_err(|e| format!("cannot make {}: {e}", scratch.display()))?;
    let (mut queries, mut wrong) = (0, Vec::new());
    for name in names(&folder)? {
        if !words.is_empty() && !words.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let model = load(&folder, &name)?;
        let (file, start) = (scratch.join(file_name(&name)), std::time::Instant::now());
        fs::write(&file, model.text()).map_err(|e| format!("cannot write {}: {e}", file.display()))?;
        let found = differences(&model.queries, &analyse(&file, sessions)?);
        let said = if found.is_empty() { "as expected" } else { "NOT as expected" };
        eprintln!("models: {name}: {} queries {said} in {:.1?}", model.queries.len(), start.elapsed());
        queries += model.queries.len();
        wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
    }
    if wrong.is_empty() {
        eprintln!("models: {queries} queries as expected");
        return Ok(());
    }
    Err(format!("{}\n{} results of models are not as expected", wrong.join("\n"), wrong.len()))
}

/// The models and changes, in the order of their names.
fn names(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("cannot list {}: {e}", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|n| n.ends_with(".vp") || n.ends_with(".change")).collect();
    names.sort();
    if names.is_empty() {
        return Err(format!("there are no models in {}", folder.display()));
    }
    Ok(names)
}

/// What Verifpal is given the file as: it wants the ending `.vp`.
fn file_name(name: &str) -> String {
    format!("{}.vp", name.trim_end_matches(".vp").trim_end_matches(".change"))
}

/// A query and whether an attack is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Query {
    /// As it is written, with its options.
    text: String,
    attack: bool,
}

impl Query {
    /// Without options and comments.
    fn title(&self) -> &str {
        self.text.split(['[', '\n']).next().unwrap_or_default().trim()
    }
}

/// A model: all up to the queries, and these.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Model {
    body: String,
    queries: Vec<Query>,
}

impl Model {
    fn parse(text: &str) -> Result<Self, String> {
        let (body, rest) = text.split_once("queries[").ok_or("there is no block of queries")?;
        let mut queries = Vec::new();
        let mut open = String::new();
        for line in rest.lines() {
            let (code, comment) = line.split_once("//").unwrap_or((line, ""));
            if open.is_empty() && (code.trim().is_empty() || code.trim() == "]") {
                continue;
            }
            open = format!("{open}\n{}", code.trim_end());
            let attack = match comment.trim() {
                "holds" => false,
                "attack" => true,
                "" => continue,
                other => return Err(format!("a query says neither `// holds` nor `// attack`: {other}")),
            };
            queries.push(Query { text: std::mem::take(&mut open).trim().to_owned(), attack });
        }
        if queries.is_empty() || !open.is_empty() {
            return Err(format!("a query says neither `// holds` nor `// attack`: {}", open.trim()));
        }
        Ok(Self { body: body.to_owned(), queries })
    }

    fn text(&self) -> String {
        let queries: Vec<&str> = self.queries.iter().map(|query| query.text.as_str()).collect();
        format!("{}queries[\n\t{}\n]\n", self.body, queries.join("\n\t"))
    }

    /// The model with a change.
    fn changed(&self, change: &str) -> Result<Self, String> {
        let mut lines: Vec<String> = self.body.lines().map(str::to_owned).collect();
        let mut queries = Vec::new();
        let mut at = None;
        for line in change.lines().filter(|line| !line.is_empty() && !line.starts_with("//")) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "model" => {}
                "-" => {
                    let mut found = lines.iter().enumerate().filter(|(_, l)| l.trim() == rest.trim());
                    let (Some((index, _)), None) = (found.next(), found.next()) else {
                        return Err(format!("this line is not in the model exactly once: {rest}"));
                    };
                    lines.remove(index);
                    at = Some(index);
                }
                "+" => {
                    let index = at.ok_or("there is a line to put in, and none was taken out before it")?;
                    lines.insert(index, format!("\t{rest}"));
                    at = Some(index + 1);
                }
                "attack" | "holds" => {
                    let known = self.queries.iter().find(|query| query.title() == rest.trim());
                    let known = known.ok_or_else(|| format!("the model has no query `{rest}`"))?;
                    queries.push(Query { attack: word == "attack", ..known.clone() });
                }
                _ => return Err(format!("this line says nothing known: {line}")),
            }
        }
        if at.is_none() || queries.is_empty() {
            return Err("a change takes out at least one line and asks at least one query".into());
        }
        Ok(Self { body: lines.join("\n") + "\n", queries })
    }
}

/// Reads a model, or a change and its model.
fn load(folder: &Path, name: &str) -> Result<Model, String> {
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| format!("cannot read {name}: {e}"));
    let named = |e: String| format!("{FOLDER}/{name}: {e}");
    let text = read(name)?;
    if name.ends_with(".vp") {
        return Model::parse(&text).map_err(named);
    }
    let base = text.lines().find_map(|line| line.strip_prefix("model "));
    let base = base.ok_or_else(|| named("it does not say which model it changes".into()))?;
    Model::parse(&read(base.trim())?).and_then(|model| model.changed(&text)).map_err(named)
}

/// Verifpal's report on a model.
fn analyse(file: &Path, sessions: &str) -> Result<Value, String> {
    let output = Command::new("verifpal")
        .args(["verify", "--format", "json", "--sessions", sessions])
        .arg(file)
        .output()
        .map_err(|e| format!("cannot start verifpal: {e}; `cargo xtask setup` installs it"))?;
    let report: Value = serde_json::from_slice(&output.stdout).map_err(|e| {
        format!(
            "verifpal's report on {} is none ({e}): {}",
            file.display(),
            String::from_utf8_lossy(&output.stderr)
        )
    })?;
    let model = &report["models"][0];
    if model["ok"] != true {
        return Err(format!("verifpal cannot analyse {}: {}", file.display(), model["error"]));
    }
    Ok(model["analysis"].clone())
}

/// How a report differs from what is expected. The reported code has a letter and a digit for each query, 1 for an attack.
fn differences(expected: &[Query], report: &Value) -> Vec<String> {
    let code = report["code"].as_str().unwrap_or_default();
    let attacks: Vec<bool> = code.chars().skip(1).step_by(2).map(|digit| digit != '0').collect();
    let finished = |query: &Value| {
        query["resolved"] == true
            || query["envelope"]["exhausted"] == true
                && query["envelope"]["truncations"] == Value::Array(Vec::new())
    };
    let queries = report["queries"].as_array().map(Vec::as_slice).unwrap_or_default();
    if attacks.len() != expected.len() || queries.len() != expected.len() {
        return vec![format!(
            "{} queries were asked, {} were answered: {code}",
            expected.len(),
            attacks.len()
        )];
    }
    let mut found = Vec::new();
    for ((query, attack), answer) in expected.iter().zip(attacks).zip(queries) {
        if attack != query.attack {
            let [is, not] = if attack { ["is an attack", "hold"] } else { ["is no attack", "fail"] };
            found.push(format!("there {is}, and this should {not}: {}", query.title()));
        } else if !finished(answer) {
            found.push(format!("the search was not finished: {}", query.title()));
        }
    }
    found
}

#[cfg(test)]
#[path = "models_tests.rs"]
mod tests;
