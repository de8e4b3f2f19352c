//! What is written otherwise, and says the same.

use alibabacloud_codegen::{Sources, bundle, diff, model};
use cams_tests::fixtures::cams;
use cams_tests::rewritten::{reversed, rewritten};

use super::table::{base, compared, edited, of};

fn unchanged(old: &Sources, new: &Sources) {
    let [old, new] =
        [old, new].map(|sources| model(sources).unwrap_or_else(|problems| panic!("{problems}")));
    let found = diff(&old, &new);
    assert!(found.changes.is_empty(), "{:#?}", found.changes);
    assert_eq!(found.names, Default::default());
    assert_eq!(found.step(), None);
}

#[test]
fn the_order_of_keys_is_no_change() {
    let sources = cams();
    let write = |value| serde_yaml::to_string(&reversed(value)).expect("it can be written");
    unchanged(&sources, &rewritten(&sources, write));
}

#[test]
fn one_file_of_json_is_no_change() {
    let sources = cams();
    let bundled = bundle(&sources).unwrap_or_else(|problems| panic!("{problems}"));
    unchanged(
        &sources,
        &Sources::from([("openapi.yaml".to_owned(), bundled.into_bytes())]),
    );
}

#[test]
fn the_order_of_parameters_and_comments_are_no_change() {
    let part_id = "    - name: PartId\n      in: query\n      required: true\n      description: Which one.\n      schema:\n        type: string\n";
    let reason = "    - name: Reason\n      in: query\n      description: Why.\n      schema:\n        type: string\n";
    let turned = edited(
        &base(),
        &[(
            &format!("{part_id}{reason}"),
            &format!("    # Why first.\n{reason}{part_id}"),
        )],
    );
    unchanged(&of(&base()), &of(&turned));
}

#[test]
fn the_order_of_values_is_no_change() {
    unchanged(
        &of(&base()),
        &of(&edited(&base(), &[("[RED, GREEN]", "[GREEN, RED]")])),
    );
}

#[test]
fn a_parameter_that_is_shared_from_now_on_is_no_change() {
    let shared = edited(
        &base(),
        &[
            (
                "    - name: Reason\n      in: query\n      description: Why.\n      schema:\n        type: string\n",
                "    - $ref: ../openapi.yaml#/components/parameters/Reason\n",
            ),
            (
                "components:\n",
                "components:\n  parameters:\n    Reason:\n      name: Reason\n      in: query\n      description: Why.\n      schema:\n        $ref: '#/components/schemas/Words'\n",
            ),
            (
                "    Owner:\n      type: object",
                "    Words:\n      type: string\n    Owner:\n      type: object",
            ),
        ],
    );
    unchanged(&of(&base()), &of(&shared));
}

#[test]
fn a_type_that_is_shared_from_now_on_has_another_name() {
    let shared = edited(
        &base(),
        &[
            (
                "            type: object\n            required: [Width]\n            properties:\n              Height:\n                type: integer\n                format: int32\n                description: From below.\n              Width:\n                type: integer\n                format: int32\n                description: From the left.\n",
                "            $ref: ../openapi.yaml#/components/schemas/Size\n",
            ),
            (
                "    Owner:\n      type: object",
                "    Size:\n      type: object\n      required: [Width]\n      properties:\n        Height:\n          type: integer\n          format: int32\n          description: From below.\n        Width:\n          type: integer\n          format: int32\n          description: From the left.\n    Owner:\n      type: object",
            ),
        ],
    );
    let found = compared(&base(), &shared);
    let rust: Vec<_> = found
        .changes
        .iter()
        .map(|change| change.rust.as_str())
        .collect();
    assert_eq!(
        rust,
        [
            "`things::MakeThingSize` is `types::Size`, and what is in it goes with it: code that names one doesn't compile"
        ]
    );
}
