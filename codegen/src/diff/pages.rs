//! Pages: what the runtime knows of a paged operation.

use super::operations::Grouped;
use super::{ChangeKind, Compare, Effect, Site};
use crate::model::{Pagination, Paging, Path, Type};
use crate::surface::type_text;

impl Compare<'_> {
    pub(super) fn pages(&mut self, before: Grouped<'_>, after: Grouped<'_>, site: &Site<'_>) {
        let (old, new) = (before.operation, after.operation);
        let name = format!("{}::{} as Paginated", before.group.module, old.request.name);
        let between = |before: Option<&Pagination>, after: Option<&Pagination>| Effect {
            before: before.map(told),
            after: after.map(told),
            ..Effect::between(&old.origin, &new.origin)
        };
        match (&old.pagination, &new.pagination) {
            (None, None) => {}
            (None, after) => {
                let effect = Effect {
                    rust: "`.items()` and `.pages()` on its call".to_owned(),
                    ..between(None, after.as_ref())
                };
                self.note(ChangeKind::PaginationAdded, site, effect);
            }
            (before, None) => {
                let effect = Effect {
                    rust: "`.items()` and `.pages()` of its call are gone: code that uses them doesn't compile".to_owned(),
                    names: vec![name],
                    ..between(before.as_ref(), None)
                };
                self.note(ChangeKind::PaginationRemoved, site, effect);
            }
            (Some(before), Some(after)) => {
                // Another name of the same type is told where the type is.
                let (old_item, new_item) = (type_text(&before.item), type_text(&after.item));
                let named = matches!(
                    (&before.item, &after.item),
                    (Type::Record(_), Type::Record(_)) | (Type::Enum(_), Type::Enum(_))
                );
                if old_item != new_item && named && wire(&before.items) == wire(&after.items) {
                    self.explained.insert(name);
                } else if old_item != new_item {
                    let effect = Effect {
                        rust: format!(
                            "`.items()` gives `{new_item}`, no longer `{old_item}`: code that names or uses them doesn't compile"
                        ),
                        names: vec![name],
                        ..between(Some(before), Some(after))
                    };
                    self.note(ChangeKind::PaginationItem, site, effect);
                } else if told(before) != told(after) {
                    let effect = Effect {
                        wire: "the next page is asked for in another way, or the end is known by another field".to_owned(),
                        rust: "compiles as before; a listing may end elsewhere".to_owned(),
                        ..between(Some(before), Some(after))
                    };
                    self.note(ChangeKind::Pagination, site, effect);
                }
            }
        }
    }
}

/// How pages are asked for, in a line.
fn told(pagination: &Pagination) -> String {
    let mut text = match &pagination.paging {
        Paging::Page { index, total: None } => format!("page by {}", wire(index)),
        Paging::Page {
            index,
            total: Some(total),
        } => format!("page by {}, total {}", wire(index), wire(total)),
        Paging::Token { token, next } => format!("token {}, next {}", wire(token), wire(next)),
    };
    if let Some(size) = &pagination.size {
        text.push_str(&format!(", size {}", wire(size)));
    }
    text.push_str(&format!(", items {}", wire(&pagination.items)));
    text
}

fn wire(path: &Path) -> String {
    let wires: Vec<_> = path.iter().map(|step| step.wire.as_str()).collect();
    wires.join(".")
}
