//! Operations that list, and don't say how their pages follow each other.

use super::Findings;
use super::element::{Element, Layers};
use crate::naming;
use crate::problem::Code;
use crate::spec::Loaded;
use crate::spec::grammar::Part;
use crate::spec::report::code;
use crate::spec::tree::Node;

/// The names of what asks for a page, as words.
const PAGES: &[&str] = &[
    "current_page",
    "cursor",
    "next_token",
    "page",
    "page_index",
    "page_no",
    "page_num",
    "page_number",
    "page_token",
];

/// The names of the number of all entries.
const TOTALS: &[&str] = &[
    "total",
    "total_count",
    "total_num",
    "total_number",
    "total_size",
];

/// What the names of listings begin with.
const LISTINGS: &[&str] = &["list", "query", "describe", "search"];

/// How many fields of an operation are looked at: real ones have fewer before a page is found.
const MOST_FIELDS: usize = 300;

/// How deep fields are looked for: the answer, its data, a page in it.
const MOST_LEVELS: usize = 3;

pub(super) fn check<'d>(
    loaded: &'d Loaded,
    element: &Element<'d, '_>,
    findings: &mut Findings<'d>,
) {
    if element.part != Part::Operation || element.node.get("x-acs-pagination").is_some() {
        return;
    }
    let name = element.node.get("operationId").and_then(Node::text);
    let Some(name) = name else {
        return;
    };
    let lists = || {
        let words = naming::snake(name);
        LISTINGS.contains(&words.split('_').next().unwrap_or_default())
    };
    let asked = asked(loaded, element);
    let Some(by) = asked.or_else(|| lists().then(|| answered(loaded, element)).flatten()) else {
        return;
    };
    let place = element.place_of("operationId");
    let message = format!(
        "{} lists in pages, by {}, but has no `x-acs-pagination`",
        code(name),
        code(&by)
    );
    let help = "add the mark, with the paths of its parameters and items";
    findings.warn(element, Code::UNMARKED_LISTING, place, message, help);
}

/// A parameter that asks for a page, or a field of one.
fn asked<'d>(loaded: &'d Loaded, element: &Element<'d, '_>) -> Option<String> {
    let mut search = Search::new(loaded, PAGES);
    let parameters = element.node.get("parameters").and_then(Node::sequence);
    for parameter in parameters.unwrap_or_default() {
        let layers = Layers::of(loaded, element.file, parameter);
        let name = layers.text("name").unwrap_or_default();
        if let Some(found) = search.at(name, &layers, MOST_LEVELS) {
            return Some(found);
        }
    }
    let body = element.node.get("requestBody")?;
    search.below(&Layers::of(loaded, element.file, body), MOST_LEVELS)
}

/// A field of the answer that counts all entries.
fn answered<'d>(loaded: &'d Loaded, element: &Element<'d, '_>) -> Option<String> {
    let response = element.node.get("responses")?.get("200")?;
    let layers = Layers::of(loaded, element.file, response);
    Search::new(loaded, TOTALS).below(&layers, MOST_LEVELS)
}

/// Looks for a field that has one of some names.
struct Search<'d> {
    loaded: &'d Loaded,
    names: &'static [&'static str],
    /// How many fields are still looked at.
    left: usize,
}

impl<'d> Search<'d> {
    fn new(loaded: &'d Loaded, names: &'static [&'static str]) -> Self {
        Self {
            loaded,
            names,
            left: MOST_FIELDS,
        }
    }

    /// A field or the first one in it, by its path.
    fn at(&mut self, name: &str, layers: &Layers<'d>, levels: usize) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        if layers.properties().is_some() {
            let found = self.below(layers, levels.checked_sub(1)?)?;
            return Some(format!("{name}.{found}"));
        }
        let named = self.names.contains(&naming::snake(name).as_str());
        named.then(|| name.to_owned())
    }

    /// The first field of an object, or of one in it.
    fn below(&mut self, layers: &Layers<'d>, levels: usize) -> Option<String> {
        let (file, properties) = layers.properties()?;
        properties.iter().find_map(|(name, member)| {
            let layers = Layers::of(self.loaded, file.clone(), &member.value);
            self.at(name, &layers, levels)
        })
    }
}
