//! The table of session messages, from their annotations in the schema: as Rust for `core/session`, and for the book.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use capnp::message::ReaderOptions;
use capnp::schema_capnp::{annotation, code_generator_request, field, node, value};

/// The code's file, from the workspace.
pub(crate) const CODE: &str = "core/session/src/table/rows.rs";
/// The two tables of the page, from the workspace.
pub(crate) const MESSAGES: &str = "spec/src/session/messages.md";
pub(crate) const PERMISSIONS: &str = "spec/src/session/permissions.md";

/// What a message without a permission is annotated with.
const NONE: &str = "none";

/// One message.
struct Row {
    tag: u16,
    name: String,
    /// From the annotation's name to the name of its value.
    says: BTreeMap<String, String>,
}

impl Row {
    fn says(&self, annotation: &str) -> Result<&str, String> {
        let said = self.says.get(annotation).map(String::as_str);
        said.ok_or_else(|| format!("the message {} has no ${annotation}(…) in its schema", self.name))
    }

    /// What it needs from the viewer and from the host.
    fn needs(&self) -> Result<(&str, &str), String> {
        let from_viewer = self.says("needs")?;
        Ok((from_viewer, self.says.get("fromHostNeeds").map_or(from_viewer, String::as_str)))
    }
}

/// Makes the three files, by their names, from a request that the `capnp` tool makes of the schemas.
pub(crate) fn make(request: &[u8]) -> Result<[(&'static str, String); 3], String> {
    let said = |e: capnp::Error| format!("the request of the capnp tool: {e}");
    // The schemas are ours.
    let options = ReaderOptions { traversal_limit_in_words: None, ..ReaderOptions::new() };
    let message = capnp::serialize::read_message(request, options).map_err(said)?;
    let request = message.get_root::<code_generator_request::Reader<'_>>().map_err(said)?;
    let rows = rows(request).map_err(said)?;
    let permissions = permissions(request).map_err(said)?;
    Ok([(CODE, code(&rows, &permissions)?), (MESSAGES, messages(&rows)?), (PERMISSIONS, bits(&permissions))])
}

/// All types of the schemas, by id.
fn nodes(
    request: code_generator_request::Reader<'_>,
) -> capnp::Result<BTreeMap<u64, (String, node::Reader<'_>)>> {
    let mut nodes = BTreeMap::new();
    for node in request.get_nodes()? {
        let name = node.get_display_name()?.to_string()?;
        nodes.insert(node.get_id(), (name.rsplit(':').next().unwrap_or_default().to_owned(), node));
    }
    Ok(nodes)
}

/// The type with a name.
fn named<'a>(
    nodes: &BTreeMap<u64, (String, node::Reader<'a>)>,
    name: &str,
) -> capnp::Result<node::Reader<'a>> {
    let found = nodes.values().find(|(own, _)| own == name).map(|(_, node)| *node);
    found.ok_or_else(|| capnp::Error::failed(format!("there is no {name}")))
}

/// The messages in the order of their tags, with what their annotations say.
fn rows(request: code_generator_request::Reader<'_>) -> capnp::Result<Vec<Row>> {
    let nodes = nodes(request)?;
    let node::Struct(message) = named(&nodes, "SessionMessage")?.which()? else {
        return Err(capnp::Error::failed("SessionMessage is no struct".into()));
    };
    let mut rows = Vec::new();
    for field in message.get_fields()? {
        let mut says = BTreeMap::new();
        for annotation in field.get_annotations()? {
            let Some((name, declared)) = nodes.get(&annotation.get_id()) else { continue };
            if let Some(value) = chosen(&nodes, *declared, annotation)? {
                says.insert(name.clone(), value);
            }
        }
        rows.push(Row { tag: tag(field), name: field.get_name()?.to_string()?, says });
    }
    rows.sort_by_key(|row| row.tag);
    Ok(rows)
}

fn tag(field: field::Reader<'_>) -> u16 {
    field.get_discriminant_value()
}

/// The name of the value of an annotation whose type is an enum.
fn chosen(
    nodes: &BTreeMap<u64, (String, node::Reader<'_>)>,
    declared: node::Reader<'_>,
    annotation: annotation::Reader<'_>,
) -> capnp::Result<Option<String>> {
    let node::Annotation(declared) = declared.which()? else { return Ok(None) };
    let capnp::schema_capnp::type_::Enum(kind) = declared.get_type()?.which()? else { return Ok(None) };
    let value::Enum(number) = annotation.get_value()?.which()? else { return Ok(None) };
    let Some((_, kind)) = nodes.get(&kind.get_type_id()) else { return Ok(None) };
    let node::Enum(kind) = kind.which()? else { return Ok(None) };
    Ok(Some(kind.get_enumerants()?.get(u32::from(number)).get_name()?.to_string()?))
}

/// The permissions in the order of their bits, with what is said of them.
fn permissions(request: code_generator_request::Reader<'_>) -> capnp::Result<Vec<(String, String)>> {
    let nodes = nodes(request)?;
    let found = named(&nodes, "Permission")?;
    let node::Enum(permission) = found.which()? else {
        return Err(capnp::Error::failed("Permission is no enum".into()));
    };
    let said = request.get_source_info()?.iter().find(|info| info.get_id() == found.get_id());
    let said = said.ok_or_else(|| capnp::Error::failed("Permission has no comments".into()))?;
    let mut all = Vec::new();
    for (one, comment) in permission.get_enumerants()?.iter().zip(said.get_members()?) {
        let comment = comment.get_doc_comment()?.to_string()?;
        all.push((one.get_name()?.to_string()?, comment.trim().trim_end_matches('.').to_owned()));
    }
    all.retain(|(name, _)| name != NONE);
    Ok(all)
}

/// `clipboardIn` as Rust has it.
fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// `clipboardIn` as people say it.
fn spoken(name: &str) -> String {
    name.chars().fold(String::new(), |mut spoken, letter| {
        if letter.is_ascii_uppercase() {
            spoken.push(' ');
        }
        spoken.push(letter.to_ascii_lowercase());
        spoken
    })
}

fn code(rows: &[Row], permissions: &[(String, String)]) -> Result<String, String> {
    let scope = |name: &str| {
        if name == NONE { "None".to_owned() } else { format!("Some(Scope::{})", pascal(name)) }
    };
    let mut code = "\
//! What `cargo xtask codegen` made from the annotations in `spec/schema/session.capnp`; not edited by hand.

use deskwire_wire::session::{ChannelKind, Scope, SessionMsg};

use super::{Phase, Row, Sender};

/// The row of a message. The match has no wildcard, so a message without a row does not compile.
pub const fn row(message: &SessionMsg) -> Row {
    use ChannelKind::*;
    use Phase::*;
    use Sender::*;
    match message {
"
    .to_owned();
    for row in rows {
        let (name, (viewer, host)) = (pascal(&row.name), row.needs()?);
        let place: Vec<String> = ["on", "from", "during"]
            .iter()
            .map(|a| Ok(pascal(row.says(a)?)))
            .collect::<Result<_, String>>()?;
        let line = format!(
            "SessionMsg::{name} {{ .. }} => Row::new({}, {}, {}),",
            place.join(", "),
            scope(viewer),
            scope(host)
        );
        // As rustfmt would have it.
        if line.len() + 8 <= 110 {
            let _ = writeln!(code, "        {line}");
        } else {
            let line = line.replacen("=> ", "=> {\n            ", 1);
            let _ = writeln!(code, "        {}\n        }}", line.trim_end_matches(','));
        }
    }
    code.push_str("        SessionMsg::Unknown(_) => Row::UNKNOWN,\n    }\n}\n");
    let _ = writeln!(code, "\n/// The permissions in the order of their bits.");
    let _ = writeln!(code, "#[cfg(test)]\npub(super) const PERMISSIONS: [Scope; {}] = [", permissions.len());
    for (name, _) in permissions {
        let _ = writeln!(code, "    Scope::{},", pascal(name));
    }
    code.push_str("];\n");
    Ok(code)
}

fn messages(rows: &[Row]) -> Result<String, String> {
    let mut page =
        "| tag | message | channel | from | phase | permission |\n|---|---|---|---|---|---|\n".to_owned();
    for row in rows {
        let needs = match row.needs()? {
            (NONE, NONE) => String::new(),
            (viewer, host) if viewer == host => spoken(viewer),
            (viewer, host) => format!("from the viewer: {}; from the host: {}", spoken(viewer), spoken(host)),
        };
        let (on, from, during) = (row.says("on")?, row.says("from")?, row.says("during")?);
        let line = format!("| {} | {} | {on} | {from} | {during} | {needs} |", row.tag, row.name);
        let _ = writeln!(page, "{}", line.replace("  ", " "));
    }
    Ok(page)
}

fn bits(permissions: &[(String, String)]) -> String {
    let mut page = "| bit | permission | what it is |\n|---|---|---|\n".to_owned();
    for (place, (name, comment)) in permissions.iter().enumerate() {
        let _ = writeln!(page, "| {} | {} | {comment} |", 1u64 << place, spoken(name));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(says: &[(&str, &str)]) -> Row {
        let says = says.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Row { tag: 7, name: "playSound".into(), says: says.collect() }
    }

    const WHOLE: [(&str, &str); 4] =
        [("on", "control"), ("from", "host"), ("during", "any"), ("needs", "audio")];

    // spec: VX-2
    #[test]
    fn a_message_that_does_not_say_all_of_its_row_makes_no_table() {
        assert!(code(&[row(&WHOLE)], &[]).is_ok() && messages(&[row(&WHOLE)]).is_ok());
        for without in 0..WHOLE.len() {
            let mut says = WHOLE.to_vec();
            let (name, _) = says.remove(without);
            let refused = code(&[row(&says)], &[]).unwrap_err();
            assert!(refused.contains(name) && refused.contains("playSound"), "{refused}");
            assert_eq!(messages(&[row(&says)]), Err(refused));
        }
    }

    #[test]
    fn rows_are_told_as_the_code_and_the_page_tell_them() {
        let mut says = WHOLE.to_vec();
        says.push(("fromHostNeeds", "filesOut"));
        let (plain, both) = (row(&WHOLE), row(&says));
        assert_eq!(
            messages(&[plain]).unwrap().lines().last(),
            Some("| 7 | playSound | control | host | any | audio |")
        );
        let page = messages(&[both]).unwrap();
        assert!(page.ends_with("| from the viewer: audio; from the host: files out |\n"), "{page}");
        let text = code(&[row(&says)], &[]).unwrap();
        assert!(text.contains("Some(Scope::Audio), Some(Scope::FilesOut)"), "{text}");
    }

    #[test]
    fn a_request_that_is_none_is_refused() {
        assert!(make(&[]).is_err());
    }
}
