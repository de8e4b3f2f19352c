//! Documents that are wide: very many of one thing, in each place where there may be many. What is
//! looked up for each of them must not be looked for among all of them.

use alibabacloud_codegen::Sources;
use cams_tests::fixtures::{ENTRY, sources};

use crate::cases::{Case, Way};
use crate::tree::{Style, Tree, map, plain, text};

fn many(count: usize, item: impl Fn(usize) -> Tree) -> Tree {
    Tree::List((0..count).map(item).collect())
}

fn members(count: usize, member: impl Fn(usize) -> (String, Tree)) -> Tree {
    Tree::Map((0..count).map(member).collect())
}

fn string() -> Tree {
    map([("type", text("string"))])
}

fn named(count: usize, value: impl Fn(usize) -> Tree) -> Tree {
    members(count, |at| (format!("Name{at}"), value(at)))
}

/// The plain description with more at its operation, and in its entry.
fn operation(more: &[(&str, Tree)], answer: Tree, entry: &[(&str, Tree)]) -> Sources {
    let json = map([("application/json", map([("schema", answer)]))]);
    let response = map([("description", text("Done.")), ("content", json)]);
    let mut operation = map([
        ("operationId", text("DoThing")),
        ("tags", Tree::List(vec![text("Things")])),
        ("summary", text("Does it.")),
        ("x-acs-retry", text("read")),
        ("responses", map([("200", response)])),
    ]);
    for (key, value) in more {
        operation.push(key, value.clone());
    }
    let item = map([("post", operation)]).write(Style::Block);
    let mut sources = sources(&item);
    let text = sources.get_mut(ENTRY).expect("it is there");
    for (key, value) in entry {
        text.extend(map([(key, value.clone())]).write(Style::Block).bytes());
    }
    sources
}

fn object(properties: Tree) -> Tree {
    map([("type", text("object")), ("properties", properties)])
}

/// Long names that are alike.
fn alike(at: usize) -> String {
    format!("{}{at:06}", "abcdefghi".repeat(6))
}

fn refer(name: &str) -> Tree {
    map([(
        "$ref",
        text(format!("../openapi.yaml#/components/schemas/{name}")),
    )])
}

/// Descriptions, by what they have many of.
fn descriptions(count: usize) -> Vec<(&'static str, Sources)> {
    let empty = || object(map([("Id", string())]));
    let query = |name: String| {
        map([
            ("name", text(name)),
            ("in", text("query")),
            ("schema", string()),
        ])
    };
    let values = || many(count, |at| text(format!("V{at}")));
    let valued = |names: Tree| {
        map([
            ("type", text("string")),
            ("enum", values()),
            ("x-rust-names", names),
        ])
    };
    vec![
        (
            "fields",
            operation(&[], object(named(count, |_| string())), &[]),
        ),
        (
            "required fields",
            operation(
                &[],
                map([
                    ("type", text("object")),
                    ("required", many(count, |at| text(format!("Name{at}")))),
                    ("properties", named(count, |_| string())),
                ]),
                &[],
            ),
        ),
        (
            "parameters",
            operation(
                &[("parameters", many(count, |at| query(format!("Name{at}"))))],
                empty(),
                &[],
            ),
        ),
        (
            "values",
            operation(&[], object(map([("A", valued(map([])))])), &[]),
        ),
        (
            "names of values",
            operation(
                &[],
                object(map([(
                    "A",
                    valued(members(count, |at| {
                        (format!("V{at}"), text(format!("W{at}")))
                    })),
                )])),
                &[],
            ),
        ),
        (
            "shared schemas",
            operation(
                &[],
                object(named(count, |at| refer(&format!("S{at}")))),
                &[(
                    "components",
                    map([(
                        "schemas",
                        members(count, |at| {
                            (format!("S{at}"), object(map([("A", string())])))
                        }),
                    )]),
                )],
            ),
        ),
        (
            "references to nothing",
            operation(
                &[],
                object(named(count, |at| refer(&alike(at)))),
                &[(
                    "components",
                    map([(
                        "schemas",
                        members(count, |at| (alike(at + 500_000), string())),
                    )]),
                )],
            ),
        ),
        (
            "unknown keys",
            operation(&[], members(count, |at| (alike(at), plain("1"))), &[]),
        ),
        (
            "errors",
            operation(
                &[(
                    "x-acs-errors",
                    many(count, |at| map([("code", text(format!("E{at}")))])),
                )],
                empty(),
                &[],
            ),
        ),
        (
            "free values",
            operation(
                &[],
                object(map([(
                    "A",
                    map([
                        ("type", text("object")),
                        ("example", named(count, |_| plain("1"))),
                    ]),
                )])),
                &[],
            ),
        ),
        (
            "prose",
            operation(
                &[(
                    "description",
                    text("Some `words`, *and* more.\n\n- a\n".repeat(count)),
                )],
                empty(),
                &[],
            ),
        ),
        (
            "lines",
            operation(
                &[("description", text("x".repeat(20 * count)))],
                empty(),
                &[],
            ),
        ),
        (
            "brackets",
            operation(&[("description", text("[".repeat(count)))], empty(), &[]),
        ),
        (
            "backticks",
            operation(
                &[("description", text("`a ``".repeat(count)))],
                empty(),
                &[],
            ),
        ),
        (
            "stars",
            operation(
                &[("description", text("**a* ".repeat(count)))],
                empty(),
                &[],
            ),
        ),
        (
            "angles",
            operation(&[("description", text("<a <".repeat(count)))], empty(), &[]),
        ),
        ("tags", {
            let tags = many(count, |at| {
                map([
                    ("name", text(format!("Tag{at}"))),
                    ("description", text("A.")),
                ])
            });
            let mut sources = operation(&[], empty(), &[]);
            let entry = sources.get_mut(ENTRY).expect("it is there");
            let text = String::from_utf8_lossy(entry).into_owned();
            let (before, rest) = text.split_once("tags:").expect("tags");
            let (_, paths) = rest.split_once("paths:").expect("paths");
            *entry = format!(
                "{before}paths:{paths}{}",
                map([("tags", tags)]).write(Style::Block)
            )
            .into_bytes();
            sources
        }),
    ]
}

/// Descriptions with one long line each, of something that opens and that nothing closes.
pub(crate) fn long(bytes: usize) -> Vec<(String, Case)> {
    let lines = [
        "`",
        "[",
        "[a](https://b",
        "[a](https://b)[",
        "<https://a ",
        "\\[`",
    ];
    let case = |unit: &str| {
        let line = text(unit.repeat(bytes / unit.len()));
        let answer = object(map([("Id", string())]));
        let description = operation(&[("description", line)], answer, &[]);
        (format!("{unit:?} again and again"), generated(description))
    };
    lines.into_iter().map(case).collect()
}

fn generated(description: Sources) -> Case {
    Case {
        way: Way::Generate,
        description,
        metadata: Vec::new(),
        skip: false,
    }
}

/// Pairs of descriptions, all of whose items of a kind are others.
pub(crate) fn other(count: usize) -> Vec<(&'static str, [Sources; 2])> {
    let empty = || object(map([("Id", string())]));
    let fields = |name: &str| members(count, |at| (format!("{name}{at}"), string()));
    let values = |name: &str| {
        let values = many(count, |at| text(format!("{name}{at}")));
        let valued = map([("type", text("string")), ("enum", values)]);
        operation(&[], object(map([("A", valued)])), &[])
    };
    let errors = |name: &str| {
        let errors = many(count, |at| map([("code", text(format!("{name}{at}")))]));
        operation(&[("x-acs-errors", errors)], empty(), &[])
    };
    vec![
        (
            "fields",
            ["A", "B"].map(|name| operation(&[], object(fields(name)), &[])),
        ),
        ("values", ["A", "B"].map(values)),
        ("errors", ["A", "B"].map(errors)),
    ]
}

/// Metadata, by what it has many of.
fn metadata(count: usize) -> Vec<(&'static str, Tree)> {
    let api = |parameters: Tree, answer: Tree, more: &[(&str, Tree)]| {
        let mut api = map([
            ("methods", Tree::List(vec![text("post")])),
            ("parameters", parameters),
            ("responses", map([("200", map([("schema", answer)]))])),
        ]);
        for (key, value) in more {
            api.push(key, value.clone());
        }
        api
    };
    let none = || Tree::List(Vec::new());
    let file = |apis: Tree, schemas: Tree| {
        let info = [
            ("style", text("RPC")),
            ("product", text("Example")),
            ("version", text("2024-01-01")),
        ];
        map([
            ("info", map(info)),
            ("components", map([("schemas", schemas)])),
            ("apis", apis),
            ("endpoints", none()),
        ])
    };
    let one = |api: Tree| file(map([("DoThing", api)]), map([]));
    let empty = || object(map([]));
    let own = |name: String| map([("$ref", text(format!("#/components/schemas/{name}")))]);
    let titles = || named(count, |_| text(""));
    vec![
        (
            "fields",
            one(api(none(), object(named(count, |_| string())), &[])),
        ),
        (
            "parameters",
            one(api(
                many(count, |at| {
                    map([
                        ("name", text(format!("Name{at}"))),
                        ("in", text("query")),
                        ("schema", string()),
                    ])
                }),
                empty(),
                &[],
            )),
        ),
        (
            "values",
            one(api(
                none(),
                object(map([(
                    "A",
                    map([("type", text("string")), ("enumValueTitles", titles())]),
                )])),
                &[],
            )),
        ),
        (
            "errors",
            one(api(
                none(),
                empty(),
                &[(
                    "errorCodes",
                    map([(
                        "400",
                        many(count, |at| map([("errorCode", text(format!("E{at}")))])),
                    )]),
                )],
            )),
        ),
        (
            "operations",
            file(named(count / 20, |_| api(none(), empty(), &[])), map([])),
        ),
        (
            "schemas that lead to nothing",
            file(
                map([]),
                members(count, |at| (format!("S{at}"), own(format!("S{}", at + 1)))),
            ),
        ),
        (
            "schemas in a circle",
            file(
                map([]),
                members(count, |at| {
                    (format!("S{at}"), own(format!("S{}", (at + 1) % count)))
                }),
            ),
        ),
        (
            "shared schemas",
            file(
                map([(
                    "DoThing",
                    api(
                        none(),
                        object(named(count, |at| own(format!("S{at}")))),
                        &[],
                    ),
                )]),
                members(count, |at| {
                    (format!("S{at}"), object(map([("A", string())])))
                }),
            ),
        ),
    ]
}

/// All of them.
pub(crate) fn wide(count: usize) -> Vec<(String, Case)> {
    let mut cases = Vec::new();
    for (what, description) in descriptions(count) {
        cases.push((format!("{count} {what}"), generated(description)));
    }
    for (what, tree) in metadata(count) {
        let case = Case {
            way: Way::Import,
            description: Sources::new(),
            metadata: vec![(
                "api-docs.json".to_owned(),
                tree.write(Style::Json).into_bytes(),
            )],
            skip: true,
        };
        cases.push((format!("{count} {what} in metadata"), case));
    }
    cases
}
