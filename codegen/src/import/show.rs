//! Facts in a line of the report.

use super::tree::{Tree, Value};

/// Longer ones are cut.
const LONGEST: usize = 80;

/// A value on one line, not too long.
pub(super) fn show(tree: &Tree) -> String {
    let mut shown = String::new();
    write(tree, &mut shown);
    let cut = shown.char_indices().nth(LONGEST).map(|(end, _)| end);
    if let Some(end) = cut {
        shown.truncate(end);
        shown.push('…');
    }
    format!("`{shown}`")
}

/// The value, or that there is none.
pub(super) fn show_or_none(tree: Option<&Tree>) -> String {
    tree.map_or_else(|| "none".to_owned(), show)
}

/// How a fact has changed: of lists, what has come and gone.
pub(super) fn change(key: &str, before: Option<&Tree>, after: Option<&Tree>) -> String {
    if let (Some(before), Some(after)) = (before, after)
        && !before.list().is_empty()
        && !after.list().is_empty()
    {
        let news = without(after.list(), before.list());
        let gone = without(before.list(), after.list());
        return match (&*news, &*gone) {
            ("", "") => format!("{key} in another order"),
            (news, "") => format!("{key}: new {news}"),
            ("", gone) => format!("{key}: gone {gone}"),
            (news, gone) => format!("{key}: new {news}; gone {gone}"),
        };
    }
    format!("{key} {} → {}", show_or_none(before), show_or_none(after))
}

/// The items of a list that another doesn't have.
fn without(items: &[Tree], others: &[Tree]) -> String {
    let items = items.iter().filter(|item| !others.contains(item));
    items.map(show).collect::<Vec<_>>().join(", ")
}

fn write(tree: &Tree, shown: &mut String) {
    if shown.len() > 4 * LONGEST {
        return;
    }
    match &tree.value {
        Value::Scalar(scalar) => {
            for character in scalar.text.chars().take(LONGEST + 1) {
                if character.is_control() {
                    shown.extend(character.escape_debug());
                } else {
                    shown.push(character);
                }
            }
        }
        Value::List(items) => {
            shown.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    shown.push_str(", ");
                }
                write(item, shown);
            }
            shown.push(']');
        }
        Value::Map(members) => {
            shown.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    shown.push_str(", ");
                }
                shown.push_str(name);
                shown.push_str(": ");
                write(member, shown);
            }
            shown.push('}');
        }
    }
}
