//! Only OpenAPI 3.0 is taken.

use super::report::{self, Report, code, describe};
use super::tree::Node;
use crate::problem::Code;

const HELP: &str = "convert the description to OpenAPI 3.0, and write `openapi: \"3.0.3\"`";

/// Whether the checks for 3.0 make sense for a document; if not, that is reported.
pub(crate) fn is_3_0(file: &str, root: &Node, report: &mut Report) -> bool {
    let Some(members) = root.mapping() else {
        return true;
    };
    let mut add = |key: &str, message: String, help: &str| {
        let (place, pointer) = match members.get(key) {
            Some(member) => (member.key, format!("/{key}")),
            None => (root.place, String::new()),
        };
        report.add(
            report::location(file, place, &pointer),
            Code::OPENAPI_VERSION,
            message,
            help,
        );
    };
    if let Some(version) = root.get("swagger") {
        let written = version.scalar().map_or("2.0", |scalar| &scalar.text);
        add(
            "swagger",
            format!("this is Swagger {}, not OpenAPI 3.0", code(written)),
            HELP,
        );
        return false;
    }
    let Some(version) = root.get("openapi") else {
        add(
            "openapi",
            "the document lacks `openapi`".to_owned(),
            "add `openapi: \"3.0.3\"`",
        );
        return true;
    };
    let Some(text) = version.text() else {
        let message = format!("`openapi` must be text, here it is {}", describe(version));
        add("openapi", message, "write `openapi: \"3.0.3\"`");
        return true;
    };
    if is_patch_of_3_0(text) {
        return true;
    }
    if text == "3.0" || text.starts_with("3.0.") {
        let message = format!("{} is no version of OpenAPI", code(text));
        add("openapi", message, "write `openapi: \"3.0.3\"`");
        return true;
    }
    add(
        "openapi",
        format!("OpenAPI {} isn't taken, only 3.0", code(text)),
        HELP,
    );
    false
}

fn is_patch_of_3_0(text: &str) -> bool {
    text.strip_prefix("3.0.").is_some_and(|patch| {
        let number = patch.split_once('-').map_or(patch, |(number, _)| number);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
