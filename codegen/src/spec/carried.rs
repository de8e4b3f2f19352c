//! Valid OpenAPI that the generator would lose: said, instead of left out in silence.
//!
//! Only what changes a request, an answer or their types is listed here. Titles, links to documents
//! and named examples are remarks, and not carrying them costs nothing.

use super::grammar::Part;
use super::refs::Edge;
use super::report::{Report, code};
use super::tree::{Node, Value};
use crate::problem::Code;

/// Keys that are lost, and what to do instead.
const LOST: &[(Part, &str, &str)] = &[
    (
        Part::PathItem,
        "parameters",
        "write them out in the operation",
    ),
    (
        Part::PathItem,
        "servers",
        "the root's server is the one that is called; take these out",
    ),
    (
        Part::Operation,
        "callbacks",
        "take them out; the client makes calls and takes none",
    ),
    (
        Part::Operation,
        "security",
        "take it out; every operation is signed alike",
    ),
    (
        Part::Operation,
        "servers",
        "the root's server is the one that is called; take these out",
    ),
    (
        Part::Parameter,
        "allowReserved",
        "take it out; reserved characters are always encoded",
    ),
    (
        Part::Encoding,
        "headers",
        "take them out; form fields have no headers",
    ),
    (
        Part::Encoding,
        "style",
        "use `contentType: application/json` for what isn't a scalar",
    ),
    (
        Part::Encoding,
        "explode",
        "use `contentType: application/json` for what isn't a scalar",
    ),
    (
        Part::Encoding,
        "allowReserved",
        "take it out; reserved characters are always encoded",
    ),
    (
        Part::Responses,
        "default",
        "take it out; errors are documented with `x-acs-errors`",
    ),
    (
        Part::Response,
        "headers",
        "take them out; what callers need must stand in the body",
    ),
    (Part::Response, "links", "take them out"),
    (
        Part::Schema,
        "nullable",
        "take it out; null is read as absence everywhere, and never sent",
    ),
    (
        Part::Schema,
        "readOnly",
        "describe requests and answers by schemas of their own",
    ),
    (
        Part::Schema,
        "writeOnly",
        "describe requests and answers by schemas of their own",
    ),
    (Part::Schema, "discriminator", "describe one definite shape"),
    (Part::Schema, "multipleOf", "say it in the `description`"),
    (
        Part::Schema,
        "exclusiveMinimum",
        "say it by `minimum`, one higher",
    ),
    (
        Part::Schema,
        "exclusiveMaximum",
        "say it by `maximum`, one lower",
    ),
    (Part::Schema, "uniqueItems", "say it in the `description`"),
    (Part::Schema, "minProperties", "say it in the `description`"),
    (Part::Schema, "maxProperties", "say it in the `description`"),
];

/// What a body or a parameter may hold.
const MEDIA_TYPES: &[(Part, &str)] = &[
    (Part::Parameter, "application/json"),
    (Part::RequestBody, "application/x-www-form-urlencoded"),
    (Part::Response, "application/json"),
];

/// What is lost of a member, and what to do instead: the path below the member, message, help.
pub(crate) fn lost(part: Part, name: &str, node: &Node) -> Vec<(Vec<String>, String, String)> {
    let listed = LOST.iter().find(|(of, key, _)| *of == part && *key == name);
    if let Some((_, _, help)) = listed.filter(|_| says_something(node)) {
        let message = format!("{} of {part} isn't carried", code(name));
        return vec![(Vec::new(), message, (*help).to_owned())];
    }
    match (part, name) {
        (_, "content") => media_types(part, node),
        (Part::Parameter, "style") if node.text().is_some_and(|style| style != "form") => {
            let message = format!(
                "the style {} isn't carried",
                code(node.text().unwrap_or_default())
            );
            let help =
                "write scalars in the style `form`, and lists and objects as JSON, with `content`";
            vec![(Vec::new(), message, help.to_owned())]
        }
        (Part::Responses, _) if name != "200" && !name.starts_with("x-") => {
            let message = format!("the response {} isn't carried", code(name));
            let help =
                "take it out; success is `\"200\"`, and errors are documented with `x-acs-errors`";
            vec![(Vec::new(), message, help.to_owned())]
        }
        (Part::Document, "servers") => {
            let further = node.sequence().unwrap_or_default().len();
            let lost = (1..further).map(|index| {
                let message = "a second server isn't carried".to_owned();
                let help = "leave the one with `{region}` in its URL".to_owned();
                (vec![index.to_string()], message, help)
            });
            lost.collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a value differs from what its absence would mean.
fn says_something(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(scalar) => !matches!(&*scalar.text.to_lowercase(), "false" | "0"),
        Value::Sequence(items) => !items.is_empty(),
        Value::Mapping(members) => !members.is_empty(),
    }
}

fn media_types(part: Part, content: &Node) -> Vec<(Vec<String>, String, String)> {
    let carried = MEDIA_TYPES.iter().find(|(of, _)| *of == part);
    let (Some((_, carried)), Some(members)) = (carried, content.mapping()) else {
        return Vec::new();
    };
    let others = members.keys().filter(|name| name != carried);
    let lost = others.map(|name| {
        let message = format!("the media type {} isn't carried", code(name));
        (
            vec![name.clone()],
            message,
            format!("{part} may be `{carried}` only"),
        )
    });
    let unsaid = members
        .iter()
        .filter(|(_, media)| media.value.get("schema").is_none());
    let unsaid = unsaid.map(|(name, _)| {
        let message = format!("the media type {} has no `schema`", code(name));
        (
            vec![name.clone()],
            message,
            "describe what it holds".to_owned(),
        )
    });
    lost.chain(unsaid).collect()
}

/// References to anything but components, which wouldn't be followed.
pub(crate) fn references(entry: &str, edges: &[Edge], report: &mut Report) {
    for edge in edges {
        let section = match edge.wanted {
            Part::Schema => "schemas",
            Part::Parameter => "parameters",
            Part::RequestBody => "requestBodies",
            Part::Response => "responses",
            _ => continue,
        };
        let prefix = format!("/components/{section}/");
        let name = edge.to.pointer.strip_prefix(&prefix);
        if edge.to.file != entry || name.is_none_or(|name| name.contains('/')) {
            report.lost(
                edge.from.clone(),
                Code::REFERENCE_NOT_FOLLOWED,
                format!("a `$ref` to a place outside `#{prefix}…` isn't followed"),
                format!("move what it leads to below `components/{section}` of {entry}, and refer to it there"),
            );
        }
    }
}
