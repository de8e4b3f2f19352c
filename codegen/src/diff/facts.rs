//! What is said of an operation as a whole.

use std::collections::BTreeSet;

use super::{ChangeKind, Compare, Effect, Site};
use crate::model::{Docs, ErrorCode, Operation, Ram, Retry};
use crate::surface::method;

/// What the words of the documentation do.
const WORDS: &str = "the documentation says something else";

impl Compare<'_> {
    pub(super) fn facts(&mut self, old: &Operation, new: &Operation, site: &Site<'_>) {
        let between = |before: String, after: String| {
            Effect::between(&old.origin, &new.origin).of(before, after)
        };
        let url = |operation: &Operation| format!("{} {}", operation.method, operation.path);
        if url(old) != url(new) {
            let effect = Effect {
                wire: format!("it is sent as {}, no longer as {}", url(new), url(old)),
                rust: "compiles as before".to_owned(),
                ..between(url(old), url(new))
            };
            self.note(ChangeKind::Url, site, effect);
        }
        if old.deprecated != new.deprecated {
            let effect = between(mark(old.deprecated), mark(new.deprecated));
            self.deprecated(new.deprecated, &method(new), site, effect);
        }
        if old.retry != new.retry {
            let effect = Effect {
                wire: match new.retry {
                    Retry::Read => "after a failure it is repeated even where the service may have carried it out",
                    Retry::Send => "after a failure it is repeated only where it surely wasn't carried out",
                }
                .to_owned(),
                rust: format!("`{}` compiles as before; calls may be sent more or less often", method(new)),
                ..between(retry(old.retry), retry(new.retry))
            };
            self.note(ChangeKind::Retry, site, effect);
        }
        if old.rate_limit != new.rate_limit {
            let limit =
                |limit: Option<u32>| limit.map_or("none".to_owned(), |limit| limit.to_string());
            let effect = Effect {
                wire: "clients with `rate_limit` make more or fewer calls a second".to_owned(),
                rust: "compiles as before; `RATE_LIMIT` is another".to_owned(),
                ..between(limit(old.rate_limit), limit(new.rate_limit))
            };
            self.note(ChangeKind::RateLimit, site, effect);
        }
        if old.ram != new.ram {
            let effect = Effect {
                wire: "another permission may be asked for".to_owned(),
                rust: WORDS.to_owned(),
                ..between(ram(old.ram.as_ref()), ram(new.ram.as_ref()))
            };
            self.note(ChangeKind::Ram, site, effect);
        }
        if codes(&old.errors) != codes(&new.errors) {
            let list = |errors: &[ErrorCode]| match codes(errors) {
                codes if codes.is_empty() => "none".to_owned(),
                codes => codes.join(", "),
            };
            let effect = Effect {
                wire: "the service is known to answer other codes".to_owned(),
                rust: WORDS.to_owned(),
                ..between(list(&old.errors), list(&new.errors))
            };
            self.note(ChangeKind::Errors, site, effect);
        }
        let effect = Effect::between(&old.origin, &new.origin);
        self.docs(site, (&words(old, new), &words(new, old)), effect);
    }

    /// Notes that something is, or is no longer, to be used.
    pub(super) fn deprecated(
        &mut self,
        now: bool,
        name: &str,
        site: &Site<'_>,
        effect: Effect<'_>,
    ) {
        let (kind, rust) = if now {
            (
                ChangeKind::Deprecated,
                format!(
                    "the compiler warns where `{name}` is used; with warnings denied that doesn't build"
                ),
            )
        } else {
            (
                ChangeKind::Undeprecated,
                format!("the compiler no longer warns of `{name}`"),
            )
        };
        self.note(kind, site, Effect { rust, ..effect });
    }

    /// Notes that the words about something differ, where they do.
    pub(super) fn docs(&mut self, site: &Site<'_>, (old, new): (&Docs, &Docs), effect: Effect<'_>) {
        if old == new {
            return;
        }
        let effect = Effect {
            before: Some(old.join("\n")),
            after: Some(new.join("\n")),
            wire: "nothing".to_owned(),
            rust: WORDS.to_owned(),
            ..effect
        };
        self.note(ChangeKind::Docs, site, effect);
    }
}

/// All words about an operation, and about those of its errors that the other state has, too.
fn words(operation: &Operation, other: &Operation) -> Docs {
    let mut words = vec![operation.summary.clone()];
    words.extend(operation.docs.iter().cloned());
    words.extend(operation.documentation.clone());
    let others: BTreeSet<&str> = other.errors.iter().map(|error| &*error.code).collect();
    let errors = operation.errors.iter();
    let both = errors.filter(|error| others.contains(&*error.code));
    let about = both.filter_map(|error| {
        let description = error.description.as_ref()?;
        Some(format!("{}: {description}", error.code))
    });
    words.extend(about);
    words
}

pub(super) fn mark(deprecated: bool) -> String {
    if deprecated {
        "deprecated"
    } else {
        "not deprecated"
    }
    .to_owned()
}

fn retry(retry: Retry) -> String {
    match retry {
        Retry::Read => "read",
        Retry::Send => "send",
    }
    .to_owned()
}

fn ram(ram: Option<&Ram>) -> String {
    let Some(Ram {
        action,
        access,
        resource,
    }) = ram
    else {
        return "none".to_owned();
    };
    let mut text = action.clone();
    for more in [access, resource].into_iter().flatten() {
        text.push_str(", ");
        text.push_str(more);
    }
    text
}

/// The codes, each with its HTTP status, in order.
fn codes(errors: &[ErrorCode]) -> Vec<String> {
    let code = |error: &ErrorCode| match error.status {
        Some(status) => format!("{} ({status})", error.code),
        None => error.code.clone(),
    };
    let mut codes: Vec<_> = errors.iter().map(code).collect();
    codes.sort();
    codes
}
