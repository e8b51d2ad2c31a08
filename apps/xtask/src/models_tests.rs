use super::*;

const MODEL: &str = "\
attacker[active]
principal A[
\tx = HASH(a)?
\t_ = ASSERT(x, y)?
]
queries[
\t// Why.
\tconfidentiality? a // holds
\tequivalence? x, y[
\t\tprecondition[A -> B: x]
\t] // attack
]
";

fn report(code: &str) -> Value {
    let query = serde_json::json!({"resolved": false, "envelope": {"exhausted": true, "truncations": []}});
    serde_json::json!({"code": code, "queries": vec![query; code.len() / 2]})
}

#[test]
fn a_model_says_what_is_expected_of_each_query() {
    let model = Model::parse(MODEL).unwrap();
    let titles: Vec<(&str, bool)> = model.queries.iter().map(|q| (q.title(), q.attack)).collect();
    assert_eq!(titles, [("confidentiality? a", false), ("equivalence? x, y", true)]);
    assert!(model.text().ends_with("equivalence? x, y[\n\t\tprecondition[A -> B: x]\n\t]\n]\n"));
    assert!(Model::parse(&MODEL.replace("// holds", "// hopefully")).is_err());
    assert!(Model::parse(&MODEL.replace("// attack", "")).is_err());
}

#[test]
fn a_change_fits_its_model_or_is_refused() {
    let model = Model::parse(MODEL).unwrap();
    let change =
        "// Why.\nmodel m.vp\n- x = HASH(a)?\n+ x = HASH(b)?\n+ z = HASH(x)\nattack confidentiality? a\n";
    let changed = model.changed(change).unwrap();
    assert!(changed.body.contains("principal A[\n\tx = HASH(b)?\n\tz = HASH(x)\n\t_ = ASSERT"));
    assert_eq!(changed.queries, [Query { text: "confidentiality? a".into(), attack: true }]);
    for wrong in [
        change.replace("- x = HASH(a)?", "- x = HASH(c)?"),
        change.replace("- x", "* x"),
        change.replace("? a\n", "? b\n"),
        change.replace("attack confidentiality? a\n", ""),
    ] {
        assert!(model.changed(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn every_difference_is_told() {
    let queries = Model::parse(MODEL).unwrap().queries;
    assert!(differences(&queries, &report("c0e1")).is_empty());
    assert_eq!(differences(&queries, &report("c1e0")).len(), 2);
    assert_eq!(
        differences(&queries, &report("c0e0")),
        ["there is no attack, and this should fail: equivalence? x, y"]
    );
    assert_eq!(differences(&queries, &report("c0")).len(), 1);
    let mut cut = report("c0e1");
    cut["queries"][0]["envelope"]["exhausted"] = false.into();
    assert_eq!(differences(&queries, &cut), ["the search was not finished: confidentiality? a"]);
}

#[test]
fn models_and_changes_are_well_formed() {
    let folder = run::root().join(FOLDER);
    for name in names(&folder).unwrap() {
        load(&folder, &name).unwrap();
    }
}

/// The login whose host goes on whatever the viewer's proof is: with what is expected of the login, the run must fail.
#[test]
fn a_model_that_lost_a_check_is_noticed() {
    if !run::has_program("verifpal") {
        assert!(std::env::var_os("CI").is_none(), "verifpal is missing: `cargo xtask setup` installs it");
        return;
    }
    let mut model = load(&run::root().join(FOLDER), "login.vp").unwrap();
    let check = "ASSERT(proofA, MAC(isk_b, lLoginViewer))?";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("altered.vp");
    for (body, differs) in
        [(model.body.clone(), false), (model.body.replace(check, check.trim_end_matches('?')), true)]
    {
        model.body = body;
        fs::write(&file, model.text()).unwrap();
        assert_eq!(!differences(&model.queries, &analyse(&file, "1").unwrap()).is_empty(), differs);
    }
}
