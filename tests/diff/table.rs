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
    ($($name:ident: [$($before:literal => $after:literal),+ $(,)?] says [$($kind:ident $step:ident),* $(,)?];)*) => {
        /// The changes.
        pub(crate) const TABLE: &[Planted] = &[$(Planted {
            name: stringify!($name),
            edits: &[$(($before, $after)),+],
            said: &[$(($kind, $step)),*],
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
    rate_limit: ["x-acs-rate-limit: 50" => "x-acs-rate-limit: 20"] says [RateLimit Minor];
    default: ["default: 10" => "default: 20"] says [Default Patch];
    limit: ["maximum: 50" => "maximum: 100"] says [Limit Patch];
    example: ["example: 20" => "example: 30"] says [Example Patch];
    permission: ["action: example:Make" => "action: example:MakeThing"] says [Ram Patch];
    errors: ["code: Thing.Gone" => "code: Thing.Lost"] says [Errors Patch];
    words_of_an_operation: ["summary: Makes a thing." => "summary: Makes something."] says [Docs Patch];
    words_of_a_field: ["description: More about it." => "description: What else there is to say."] says [Docs Patch];
    words_of_a_group: ["description: Things of all kinds." => "description: All things."] says [Docs Patch];
    words_of_a_shared_type: ["description: Whose it is." => "description: To whom it belongs."] says [Docs Patch, Docs Patch, Docs Patch];
    operation_added_with_a_taken_name: [
        "    Owner:\n      type: object" => "    MakeThingSize:\n      type: object\n      description: What it takes on a shelf.\n      properties:\n        Depth:\n          type: integer\n          format: int32\n          description: From the front.\n    Owner:\n      type: object",
        "            required: [Width]" => "            x-rust-name: extent\n            required: [Width]",
        "              Price:\n" => "              Room:\n                $ref: ../openapi.yaml#/components/schemas/MakeThingSize\n              Price:\n",
    ] says [FieldAdded Minor, FieldRenamed Major, TypeRenamed Major];
    list_instead_of_a_text: ["description: More about it.\n      schema:\n        type: string" => "description: More about it.\n      content:\n        application/json:\n          schema:\n            type: array\n            items:\n              type: string"] says [Place Minor, Retyped Major];
    text_instead_of_a_list: ["                description: What else there is.\n                items:\n                  type: string\n" => "                description: What else there is.\n", "Others:\n                type: array" => "Others:\n                type: string"] says [Retyped Major];
    object_instead_of_a_text: ["description: More about it.\n      schema:\n        type: string" => "description: More about it.\n      content:\n        application/json:\n          schema:\n            type: object\n            properties:\n              Text:\n                type: string\n                description: What it says."] says [Place Minor, Retyped Major];
    map_instead_of_an_object: ["            type: object\n            required: [Width]\n            properties:\n              Height:\n                type: integer\n                format: int32\n                description: From below.\n              Width:\n                type: integer\n                format: int32\n                description: From the left.\n" => "            type: object\n            additionalProperties:\n              type: string\n"] says [Retyped Major];
    text_instead_of_an_integer: ["Price:\n                type: integer\n                format: int32" => "Price:\n                type: string"] says [Retyped Major];
    number_instead_of_an_integer: ["Price:\n                type: integer\n                format: int32" => "Price:\n                type: number\n                format: double"] says [Retyped Major];
    list_of_what_was_one: ["              Owner:\n                $ref: ../openapi.yaml#/components/schemas/Owner\n              Price" => "              Owner:\n                type: array\n                description: All of them.\n                items:\n                  $ref: ../openapi.yaml#/components/schemas/Owner\n              Price"] says [Docs Patch, Retyped Major];
    parameter_widened: ["description: Which page.\n      schema:\n        type: integer\n        format: int32" => "description: Which page.\n      schema:\n        type: integer\n        format: int64"] says [Retyped Major];
    items_of_a_list_retyped: ["description: What else there is.\n                items:\n                  type: string" => "description: What else there is.\n                items:\n                  type: integer\n                  format: int64"] says [Retyped Major];
    items_of_a_list_listed: ["description: What else there is.\n                items:\n                  type: string" => "description: What else there is.\n                items:\n                  type: string\n                  enum: [BOLT, NUT]"] says [ValuesListed Major];
    items_of_a_parameter_listed: ["            items:\n              type: string\n    - name: ToId" => "            items:\n              type: string\n              enum: [BROKEN, OLD]\n    - name: ToId"] says [ValuesListed Major];
    field_of_items_added: ["                    Id:\n" => "                    Age:\n                      type: integer\n                      format: int32\n                      description: In days.\n                    Id:\n"] says [FieldAdded Minor];
    field_of_items_removed: ["                    Id:\n                      type: string\n                      description: Which one.\n" => ""] says [FieldRemoved Major];
    field_of_items_retyped: ["                    Id:\n                      type: string\n" => "                    Id:\n                      type: integer\n                      format: int64\n"] says [Retyped Major];
    field_within_a_parameter_removed: ["              Height:\n                type: integer\n                format: int32\n                description: From below.\n" => ""] says [FieldRemoved Major];
    field_within_a_parameter_added_required: [
        "required: [Width]" => "required: [Depth, Width]",
        "              Width:\n" => "              Depth:\n                type: integer\n                format: int32\n                description: From the front.\n              Width:\n",
    ] says [FieldAdded Major];
    field_of_a_shared_type_added: ["        Since:\n" => "        Sort:\n          type: string\n          description: A person or a company.\n        Since:\n"] says [FieldAdded Minor];
    field_of_a_shared_type_removed: ["        Since:\n          type: integer\n          format: int32\n          description: The year.\n" => ""] says [FieldRemoved Major];
    parameter_deprecated: ["    - name: Reason\n      in: query\n" => "    - name: Reason\n      in: query\n      deprecated: true\n"] says [Deprecated Minor];
    list_moved_to_the_form: [
        "    - name: Marks\n      in: query\n      description: What to write on it.\n      content:\n        application/json:\n          schema:\n            type: array\n            items:\n              type: string\n" => "",
        "description: Where to put it.\n      schema:\n        type: string\n" => "description: Where to put it.\n      schema:\n        type: string\n  requestBody:\n    content:\n      application/x-www-form-urlencoded:\n        schema:\n          type: object\n          properties:\n            Marks:\n              type: array\n              description: What to write on it.\n              items:\n                type: string\n        encoding:\n          Marks:\n            contentType: application/json\n",
    ] says [Place Minor];
    required_parameter_named_otherwise_on_the_wire: ["name: FromId" => "name: fromID"] says [Name Major, WireName Minor];
    field_named_otherwise_on_the_wire: ["              Price:\n" => "              price:\n"] says [WireName Minor];
    value_spelt_otherwise: ["[RED, GREEN]" => "[Red, GREEN]"] says [ValueText Minor];
    value_spelt_otherwise_in_an_answer: ["[LARGE, SMALL]" => "[LARGE, Small]"] says [ValueText Minor];
    value_replaced: ["[RED, GREEN]" => "[BLUE, GREEN]"] says [ValueAdded Minor, ValueRemoved Major];
    value_of_an_answer_removed: ["[LARGE, SMALL]" => "[LARGE]"] says [ValueRemoved Major];
    pages_by_a_token: [
        "    kind: page\n    index: PageIndex\n    size: PageSize\n    items: Parts\n    total: Total\n" => "    kind: token\n    token: After\n    next: Next\n    size: PageSize\n    items: Parts\n",
        "    - name: PageIndex\n" => "    - name: After\n      in: query\n      description: Where to go on.\n      schema:\n        type: string\n    - name: PageIndex\n",
        "              Others:\n" => "              Next:\n                type: string\n                description: Where to go on.\n              Others:\n",
    ] says [FieldAdded Minor, FieldAdded Minor, Pagination Minor];
    pages_without_a_size: ["    size: PageSize\n    items" => "    items"] says [Pagination Minor];
    secret: ["      description: More about it.\n      schema:\n        type: string\n" => "      description: More about it.\n      schema:\n        type: string\n        format: password\n"] says [Sensitivity Minor];
    region: ["default: one" => "default: two"] says [Service Minor];
    rate_limit_gone: ["  x-acs-rate-limit: 50\n" => ""] says [RateLimit Minor];
    permission_gone: ["  x-acs-ram:\n    action: example:Make\n    access: create\n" => ""] says [Ram Patch];
    default_gone: ["        default: 10\n" => ""] says [Default Patch];
    length: ["description: Why.\n      schema:\n        type: string\n" => "description: Why.\n      schema:\n        type: string\n        maxLength: 80\n"] says [Limit Patch];
    shared_text: [
        "description: Why.\n      schema:\n        type: string\n" => "description: Why.\n      schema:\n        $ref: ../openapi.yaml#/components/schemas/Words\n",
        "    Owner:\n      type: object" => "    Words:\n      type: string\n    Owner:\n      type: object",
    ] says [];
    shared_values: [
        "description: Its color.\n      schema:\n        type: string\n        enum: [RED, GREEN]\n" => "description: Its color.\n      schema:\n        $ref: ../openapi.yaml#/components/schemas/Color\n",
        "    Owner:\n      type: object" => "    Color:\n      type: string\n      description: Its color.\n      enum: [RED, GREEN]\n    Owner:\n      type: object",
    ] says [TypeRenamed Major];
    shared_type_gone: [
        "              Owner:\n                $ref: ../openapi.yaml#/components/schemas/Owner\n              Price" => "              Price",
        "                    Owner:\n                      $ref: ../openapi.yaml#/components/schemas/Owner\n" => "",
        "components:\n  schemas:\n    Owner:\n      type: object\n      description: Whose it is.\n      properties:\n        Name:\n          type: string\n          description: What they are called.\n        Since:\n          type: integer\n          format: int32\n          description: The year.\n" => "",
    ] says [FieldRemoved Major, FieldRemoved Major];
    shared_type_sent_instead: [
        "              Owner:\n                $ref: ../openapi.yaml#/components/schemas/Owner\n              Price" => "              Price",
        "                    Owner:\n                      $ref: ../openapi.yaml#/components/schemas/Owner\n" => "",
        "    - name: Reason" => "    - name: Owner\n      in: query\n      description: Whose it was.\n      content:\n        application/json:\n          schema:\n            $ref: ../openapi.yaml#/components/schemas/Owner\n    - name: Reason",
    ] says [FieldAdded Minor, FieldRemoved Major, FieldRemoved Major, Name Major];
    rewritten: [
        "summary: Drops a part." => "summary: >-\n    Drops\n    a part.",
        "[RED, GREEN]" => "[GREEN, \"RED\"]",
        "      description: Why.\n      schema:\n        type: string" => "      # Why.\n      schema: {type: string}\n      description: 'Why.'",
    ] says [];
}
