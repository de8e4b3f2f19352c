//! Codes of our own extensions.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

/// A listing, whose mark the examples add.
macro_rules! paged {
    () => {
        "parameters:\n  - {name: PageNumber, in: query, description: \"Which page, from 1.\", schema: {type: integer, format: int32}}\n  - name: Page\n    in: query\n    description: Which page, another way.\n    content:\n      application/json:\n        schema:\n          type: object\n          required: [Shelf]\n          properties:\n            Number: {type: integer, format: int32, description: \"Which page, from 1.\"}\n            Shelf: {type: string, description: Where it stands.}\nresponses:\n  \"200\":\n    description: The names.\n    content:\n      application/json:\n        schema:\n          type: object\n          properties:\n            Names: {type: array, description: All of them., items: {type: string}}\n"
    };
}

codes! {
Extension UNKNOWN_EXTENSION = "unknown-extension",
    "No such extension is registered.",
    "Keys that begin with `x-acs-` or `x-rust-` are ours, so that a misspelt one is found. Notes of any \
     other kind stand under other keys that begin with `x-`.",
    Example::operation("x-acs-retries: send\n"),
    Example::operation("x-acs-retry: send\n");
Extension MISPLACED_EXTENSION = "misplaced-extension",
    "The extension means nothing at this place.",
    "It is registered for other objects, and would be ignored here.",
    Example::operation("x-acs-sensitive: personal\n"),
    Example::operation("parameters:\n  - {name: Phone, in: query, description: Where to call., schema: {type: string}, x-acs-sensitive: personal}\n");
Extension EXTENSION_VALUE = "extension-value",
    "The value of an extension isn't what it takes.",
    "Each extension holds a word of a few, a number, or an object with keys of its own; `specs/README.md` \
     lists them.",
    Example::operation("x-acs-retry: never\n"),
    Example::operation("x-acs-retry: send\n");
Extension PAGINATION_KEYS = "pagination-keys",
    "`x-acs-pagination` has other keys than its kind takes.",
    "Pages by number have `index` and `items`, perhaps `size` and `total`; pages by token have `token`, \
     `next` and `items`, perhaps `size`.",
    Example::operation(concat!("x-acs-pagination: {kind: page, token: PageNumber, items: Names}\n", paged!())),
    Example::operation(concat!("x-acs-pagination: {kind: page, index: PageNumber, items: Names}\n", paged!()));
Extension PAGINATION_PATH = "pagination-path",
    "`x-acs-pagination` names a field that isn't there, or is of another type.",
    "Each key names a field of the request or of the answer by its path, with dots between objects.",
    Example::operation(concat!("x-acs-pagination: {kind: page, index: PageNo, items: Names}\n", paged!())),
    Example::operation(concat!("x-acs-pagination: {kind: page, index: PageNumber, items: Names}\n", paged!()));
Extension PAGINATION_REQUEST = "pagination-request",
    "The first request of a listing can't be made.",
    "The object that holds the page's number may be left out, but has other required fields, which \
     nothing could fill.",
    Example::operation(concat!("x-acs-pagination: {kind: page, index: Page.Number, items: Names}\n", paged!())),
    Example::operation(concat!("x-acs-pagination: {kind: page, index: PageNumber, items: Names}\n", paged!()));
Extension UNKNOWN_LINT = "unknown-lint",
    "`x-acs-allow` names no lint.",
    "Only warnings can be allowed, each by its code; `cargo xtask explain` lists them.",
    Example::operation("x-acs-allow: [{lint: no-descripton, reason: Nothing is known about it.}]\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    x-acs-allow: [{lint: no-description, reason: Nothing is known about it.}]\n    schema: {type: string}\n");
Extension SUPERFLUOUS_ALLOWANCE = "superfluous-allowance",
    "`x-acs-allow` allows what isn't there.",
    "An allowance that allows nothing hides those that do. Take it out.",
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    x-acs-allow: [{lint: no-description, reason: Nothing is known about it.}]\n    schema: {type: string}\n"),
    Example::operation("parameters:\n  - name: Name\n    in: query\n    description: What it is called.\n    schema: {type: string}\n");
}
