//! A small description, and changes that are planted in it: at least one of each kind.

use std::fs;

use alibabacloud_codegen::diff::ChangeKind::{self, *};
use alibabacloud_codegen::diff::Step::{self, *};
use alibabacloud_codegen::{Diff, Sources, diff, model};
use cams_tests::fixtures::{folder, sources};

/// A change: its name, what is replaced by what, what must be said of it.
pub(crate) struct Planted {
    pub(crate) name: &'static str,
    pub(crate) edits: &'static [(&'static str, &'static str)],
    pub(crate) said: &'static [(ChangeKind, Step)],
}

/// The description, as one text.
pub(crate) fn base() -> String {
    fs::read_to_string(folder().join("fixtures/diff/base.yaml")).expect("the fixture is there")
}

/// The text with replacements, each of which fits once.
#[track_caller]
pub(crate) fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (before, after) in edits {
        assert_eq!(text.matches(before).count(), 1, "{before}");
        text = text.replacen(before, after, 1);
    }
    text
}

/// What changes between two texts.
#[track_caller]
pub(crate) fn compared(old: &str, new: &str) -> Diff {
    let model = |text: &str| model(&of(text)).unwrap_or_else(|problems| panic!("{problems}"));
    diff(&model(old), &model(new))
}

/// The files of a text.
pub(crate) fn of(text: &str) -> Sources {
    sources(text)
}

macro_rules! table {
    ($($name:ident: [$($before:literal => $after:literal),+ $(,)?] says [$($kind:ident $step:ident),+ $(,)?];)*) => {
        /// The changes.
        pub(crate) const TABLE: &[Planted] = &[$(Planted {
            name: stringify!($name),
            edits: &[$(($before, $after)),+],
            said: &[$(($kind, $step)),+],
        }),*];
    };
}

table! {
    group_of_an_operation: ["tags: [Parts]\n  summary: Drops" => "tags: [Things]\n  summary: Drops"] says [OperationMoved Major];
    group_renamed: [
        "- name: Things" => "- name: Items",
        "tags: [Things]" => "tags: [Items]",
    ] says [GroupAdded Minor, GroupRemoved Major, OperationMoved Major];
    operation_added: [
        "  /#ListParts:" => "  /#GetPart:\n    $ref: operations/GetPart.yaml\n  /#ListParts:",
        "#: operations/ListParts.yaml\n" => "#: operations/GetPart.yaml\npost:\n  operationId: GetPart\n  tags: [Parts]\n  summary: Gets one.\n  x-acs-retry: read\n  responses:\n    \"200\":\n      description: Done.\n      content:\n        application/json:\n          schema:\n            type: object\n            properties:\n              Weight:\n                type: integer\n                format: int64\n                description: In grams.\n#: operations/ListParts.yaml\n",
    ] says [OperationAdded Minor];
    group_added: [
        "paths:\n" => "  - name: Pings\n    description: Signs of life.\npaths:\n  /#Ping:\n    $ref: operations/Ping.yaml\n",
        "#: operations/ListParts.yaml\n" => "#: operations/Ping.yaml\npost:\n  operationId: Ping\n  tags: [Pings]\n  summary: Answers.\n  x-acs-retry: read\n  responses:\n    \"200\":\n      description: Done.\n      content:\n        application/json:\n          schema:\n            type: object\n            properties:\n              RequestId:\n                type: string\n                description: Identifies the call.\n#: operations/ListParts.yaml\n",
    ] says [GroupAdded Minor, OperationAdded Minor];
    operation_renamed: [
        "  /#DropPart:\n    $ref: operations/DropPart.yaml" => "  /#DropOnePart:\n    $ref: operations/DropOnePart.yaml",
        "#: operations/DropPart.yaml" => "#: operations/DropOnePart.yaml",
        "operationId: DropPart" => "operationId: DropOnePart",
    ] says [OperationRenamed Major];
    operation_named_by_hand: ["operationId: DropPart" => "operationId: DropPart\n  x-rust-name: throw_away"] says [MethodRenamed Major];
    operation_deprecated: ["summary: Drops a part." => "summary: Drops a part.\n  deprecated: true"] says [Deprecated Minor];
    parameter_added: ["    - name: Reason" => "    - name: Force\n      in: query\n      description: Whatever happens.\n      schema:\n        type: boolean\n    - name: Reason"] says [FieldAdded Minor];
    parameter_added_required: ["    - name: Reason" => "    - name: Force\n      in: query\n      required: true\n      description: Whatever happens.\n      schema:\n        type: boolean\n    - name: Reason"] says [FieldAdded Major];
    parameter_removed: ["    - name: Reason\n      in: query\n      description: Why.\n      schema:\n        type: string\n" => ""] says [FieldRemoved Major];
    parameter_removed_required: ["    - name: PartId\n      in: query\n      required: true\n      description: Which one.\n      schema:\n        type: string\n" => ""] says [FieldRemoved Major];
    parameter_with_a_type_removed: ["    - name: Color\n      in: query\n      description: Its color.\n      schema:\n        type: string\n        enum: [RED, GREEN]\n" => ""] says [FieldRemoved Major];
    parameter_retyped: ["      description: More about it.\n      schema:\n        type: string" => "      description: More about it.\n      schema:\n        type: integer\n        format: int64"] says [Retyped Major];
    parameter_required: ["- name: Reason\n      in: query\n" => "- name: Reason\n      in: query\n      required: true\n"] says [Required Major];
    parameter_optional: ["- name: Label\n      in: query\n      required: true\n" => "- name: Label\n      in: query\n"] says [Optional Major];
    parameter_moved_to_the_form: ["    - name: Reason\n      in: query\n      description: Why.\n      schema:\n        type: string\n" => "  requestBody:\n    content:\n      application/x-www-form-urlencoded:\n        schema:\n          type: object\n          properties:\n            Reason:\n              type: string\n              description: Why.\n"] says [Place Minor];
    parameter_named_otherwise_on_the_wire: ["name: PartId\n      in: query\n" => "name: PartID\n      in: query\n"] says [WireName Minor];
    field_within_a_parameter_added: ["              Width:\n" => "              Depth:\n                type: integer\n                format: int32\n                description: From the front.\n              Width:\n"] says [FieldAdded Minor];
    field_within_a_parameter_required: ["required: [Width]" => "required: [Height, Width]"] says [Required Major];
    field_added: ["              Price:\n" => "              Tax:\n                type: integer\n                format: int32\n                description: Part of the price.\n              Price:\n"] says [FieldAdded Minor];
    field_removed: ["              Price:\n                type: integer\n                format: int32\n                description: What it costs.\n" => ""] says [FieldRemoved Major];
    field_widened: ["format: int32\n                description: What it costs." => "format: int64\n                description: What it costs."] says [Retyped Major];
    field_named_by_hand: ["description: What it costs." => "description: What it costs.\n                x-rust-name: cost"] says [FieldRenamed Major];
    field_of_a_shared_type_retyped: ["format: int32\n          description: The year." => "format: int64\n          description: The year."] says [Retyped Major];
    shared_type_named_by_hand: ["      description: Whose it is." => "      description: Whose it is.\n      x-rust-name: Holder"] says [TypeRenamed Major];
    value_added: ["[RED, GREEN]" => "[RED, GREEN, BLUE]"] says [ValueAdded Minor];
    value_added_to_an_answer: ["[LARGE, SMALL]" => "[HUGE, LARGE, SMALL]"] says [ValueAdded Minor];
    value_removed: ["[RED, GREEN]" => "[RED]"] says [ValueRemoved Major];
    value_named_by_hand: ["enum: [RED, GREEN]" => "enum: [RED, GREEN]\n        x-rust-names:\n          RED: Crimson"] says [ValueRenamed Major];
    values_listed: ["description: Why.\n      schema:\n        type: string\n" => "description: Why.\n      schema:\n        type: string\n        enum: [OLD, BROKEN]\n"] says [ValuesListed Major];
    values_no_longer_listed: ["        type: string\n        enum: [RED, GREEN]\n" => "        type: string\n"] says [ValuesUnlisted Major];
    field_deprecated: ["description: What it costs." => "description: What it costs.\n                deprecated: true"] says [Deprecated Minor];
    pages_gone: ["  x-acs-pagination:\n    kind: page\n    index: PageIndex\n    size: PageSize\n    items: Parts\n    total: Total\n" => ""] says [PaginationRemoved Major];
    pages_of_other_items: ["items: Parts\n" => "items: Others\n"] says [PaginationItem Major];
    pages_without_a_total: ["    total: Total\n" => ""] says [Pagination Minor];
    retry_class: ["x-acs-retry: read" => "x-acs-retry: send"] says [Retry Minor];
    sensitivity: ["description: What they are called." => "description: What they are called.\n          x-acs-sensitive: personal"] says [Sensitivity Minor];
    host: ["https://example.{region}.example.com" => "https://example.{region}.example.org"] says [Service Minor];
    rate_limit: ["x-acs-rate-limit: 50" => "x-acs-rate-limit: 20"] says [RateLimit Patch];
    default: ["default: 10" => "default: 20"] says [Default Patch];
    limit: ["maximum: 50" => "maximum: 100"] says [Limit Patch];
    example: ["example: 20" => "example: 30"] says [Example Patch];
    permission: ["action: example:Make" => "action: example:MakeThing"] says [Ram Patch];
    errors: ["code: Thing.Gone" => "code: Thing.Lost"] says [Errors Patch];
    words_of_an_operation: ["summary: Makes a thing." => "summary: Makes something."] says [Docs Patch];
    words_of_a_field: ["description: More about it." => "description: What else there is to say."] says [Docs Patch];
    words_of_a_group: ["description: Things of all kinds." => "description: All things."] says [Docs Patch];
    words_of_a_shared_type: ["description: Whose it is." => "description: To whom it belongs."] says [Docs Patch, Docs Patch, Docs Patch];
}
