//! `deskwire doctor`: says what is wrong.

use deskwire_kit::config::Options;
use deskwire_kit::doctor::{Finding, Grade, examine};
use deskwire_kit::host::{Desktop, System, Wishes};
use serde_json::{Value, json};

use crate::Outcome;
use crate::output::{Failure, Kind, Output};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(options: &Options, _: &Args, output: Output) -> Outcome {
    let config = options.config_path().map_err(|e| Failure::new(Kind::Settings, e))?;
    let there = if config.is_file() { "settings are read from" } else { "there is no configuration file at" };
    let mut findings = Vec::new();
    let mut tell = |finding: Finding| {
        if !output.is_json() {
            output.say(&line(&finding), &Value::Null);
        }
        findings.push(finding);
    };
    let text = format!("{there} {}", config.display());
    tell(Finding { name: "config", grade: Grade::Fine, text });
    let settings = options.settings();
    match &settings {
        Ok(settings) => examine(settings, &mut tell),
        Err(error) => tell(Finding { name: "config", grade: Grade::Wrong, text: error.to_string() }),
    }
    tell(desktop());
    let wrong = findings.iter().filter(|finding| finding.grade == Grade::Wrong).count();
    if output.is_json() {
        let findings: Vec<Value> = findings
            .iter()
            .map(|f| json!({ "name": f.name, "grade": name(f.grade), "text": f.text }))
            .collect();
        output.say("", &json!({ "config": config, "wrong": wrong, "findings": findings }));
    }
    let kind = if settings.is_err() { Kind::Settings } else { Kind::Server };
    match wrong {
        0 => Ok(()),
        1 => Err(Failure::new(kind, "one thing is wrong")),
        n => Err(Failure::new(kind, format!("{n} things are wrong"))),
    }
}

/// Whether this desktop could be shared. Not needed to look at others.
fn desktop() -> Finding {
    let system = System::here();
    if system.asks() {
        // Whoever sits here shall not be asked by a look.
        let text = format!("{}; whoever sits here is asked when sharing begins", system.why());
        return Finding { name: "desktop", grade: Grade::Fine, text };
    }
    match Desktop::open(&Wishes { input: true, restore_token: None, go_on: &|| true }) {
        Ok(_) => Finding {
            name: "desktop",
            grade: Grade::Fine,
            text: format!("this desktop can be shared ({})", system.why()),
        },
        Err(error) => Finding {
            name: "desktop",
            grade: Grade::Remark,
            text: format!("this desktop cannot be shared, only others seen: {error}"),
        },
    }
}

const fn name(grade: Grade) -> &'static str {
    match grade {
        Grade::Fine => "fine",
        Grade::Remark => "remark",
        Grade::Wrong => "wrong",
    }
}

fn line(finding: &Finding) -> String {
    let mark = match finding.grade {
        Grade::Fine => "ok    ",
        Grade::Remark => "note  ",
        Grade::Wrong => "WRONG ",
    };
    format!("{mark}{:<14}{}", finding.name, finding.text)
}
