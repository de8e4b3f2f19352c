//! Random descriptions and random metadata: sound for the most part, and odd in names, types, limits
//! and references.

use cams_tests::slips::Dice;

use crate::tree::{Tree, map, plain, text};
use crate::words::{Words, letters};

/// Makes documents.
pub(crate) struct Random<'w> {
    words: &'w Words,
    dice: &'w mut Dice,
    /// Makes plain names differ.
    made: usize,
    /// Of a hundred names, texts and values, how many are odd.
    odd: usize,
}

/// The files of a description, by path.
pub(crate) type Trees = Vec<(String, Tree)>;

impl<'w> Random<'w> {
    pub(crate) fn new(words: &'w Words, dice: &'w mut Dice) -> Self {
        let odd = [0, 0, 0, 1, 4][dice.below(5)];
        Self {
            words,
            dice,
            made: 0,
            odd,
        }
    }

    fn chance(&mut self, of_a_hundred: usize) -> bool {
        self.dice.below(100) < of_a_hundred
    }

    fn is_odd(&mut self) -> bool {
        self.chance(self.odd)
    }

    fn name(&mut self) -> String {
        const PARTS: &[&str] = &[
            "Id", "user", "Name", "URL", "list_of", "Type", "x-y", "V2", "Ünï",
        ];
        if self.is_odd() {
            return self.words.name(self.dice);
        }
        self.made += 1;
        format!("{}{}", self.dice.pick(PARTS), self.made)
    }

    fn prose(&mut self) -> Tree {
        const SENTENCES: &[&str] = &[
            "What it is.",
            "Some `code`.\n\n- one\n- two\n",
            "A [link](https://example.com/?a=b#c), <b>HTML</b> & more.",
            "```json\n{\"a\": 1}\n```\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "# Not a heading\n    not code either",
            "Ends with a backslash \\",
            "*/ // /// \"#",
            "漢字 🎉.",
        ];
        if self.is_odd() {
            return text(letters(self.dice));
        }
        text(self.dice.pick(SENTENCES))
    }

    fn scalar(&mut self) -> Tree {
        if self.is_odd() {
            return self.words.scalar(self.dice);
        }
        match self.dice.below(3) {
            0 => text("word"),
            1 => plain("7"),
            _ => plain("true"),
        }
    }

    fn number(&mut self) -> Tree {
        if self.is_odd() {
            return self.words.scalar(self.dice);
        }
        plain(self.dice.below(100).to_string())
    }

    /// A description: its entry, and the operations in it or in files of their own.
    pub(crate) fn description(&mut self) -> Trees {
        let mut files = Vec::new();
        let shared: Vec<String> = (0..self.dice.below(4)).map(|at| format!("A{at}")).collect();
        let tags: Vec<String> = (0..1 + self.dice.below(2)).map(|_| self.name()).collect();
        let mut paths = Vec::new();
        let operations = tags.len() + self.dice.below(3);
        for number in 0..operations {
            let id = self.name();
            let in_entry = self.chance(30);
            let root = if in_entry { "" } else { "../openapi.yaml" };
            let refs: Vec<_> = shared
                .iter()
                .map(|name| format!("{root}#/components/schemas/{name}"))
                .collect();
            let tag = &tags[number % tags.len()];
            let item = map([("post", self.operation(&id, tag, &refs))]);
            let path = format!("/#{id}");
            if in_entry {
                paths.push((path, item));
            } else {
                let file = format!("operations/{}.yaml", id.replace(['/', '\0'], "_"));
                paths.push((path, map([("$ref", text(&file))])));
                files.push((file, item));
            }
        }
        let mut entry = map([
            ("openapi", text("3.0.3")),
            (
                "info",
                map([("title", self.prose()), ("version", text("2024-01-01"))]),
            ),
            ("x-acs-style", text("RPC")),
            ("x-acs-product", text("Example")),
            ("x-acs-version", text("2024-01-01")),
            (
                "servers",
                Tree::List(vec![map([("url", text("https://example.example.com"))])]),
            ),
        ]);
        let tags = tags
            .iter()
            .map(|tag| map([("name", text(tag)), ("description", self.prose())]));
        entry.push("tags", Tree::List(tags.collect()));
        entry.push("paths", Tree::Map(paths));
        if !shared.is_empty() {
            let mut schemas = Vec::new();
            for (at, name) in shared.iter().enumerate() {
                // Later ones only, so that there are no circles; now and then any.
                let to = if self.is_odd() { 0 } else { at + 1 };
                let refs: Vec<_> = shared[to..]
                    .iter()
                    .map(|name| format!("#/components/schemas/{name}"))
                    .collect();
                let schema = if self.chance(50) {
                    self.open_enum()
                } else {
                    self.object(2, &refs)
                };
                schemas.push((name.clone(), schema));
            }
            entry.push("components", map([("schemas", Tree::Map(schemas))]));
        }
        files.push(("openapi.yaml".to_owned(), entry));
        files
    }

    fn operation(&mut self, id: &str, tag: &str, refs: &[String]) -> Tree {
        let retry = if self.chance(50) { "read" } else { "send" };
        let mut operation = map([
            ("operationId", text(id)),
            ("tags", Tree::List(vec![text(tag)])),
            ("summary", self.prose()),
            ("x-acs-retry", text(retry)),
        ]);
        if self.chance(30) {
            operation.push("description", self.prose());
            operation.push("x-acs-rate-limit", plain("10"));
            let ram = [("action", text("a:B")), ("access", text("read"))];
            operation.push("x-acs-ram", map(ram));
            let error = [("code", text("A.B")), ("status", plain("404"))];
            operation.push("x-acs-errors", Tree::List(vec![map(error)]));
        }
        if self.chance(10) {
            operation.push("deprecated", plain("true"));
        }
        let paged = self.chance(20);
        let mut parameters: Vec<_> = (0..self.dice.below(5))
            .map(|_| self.parameter(refs))
            .collect();
        if paged {
            let number = map([("type", text("integer")), ("format", text("int32"))]);
            for name in ["Page", "Size"] {
                parameters.push(map([
                    ("name", text(name)),
                    ("in", text("query")),
                    ("schema", number.clone()),
                ]));
            }
            let mark = [
                ("kind", text("page")),
                ("index", text("Page")),
                ("size", text("Size")),
                ("items", text("List")),
            ];
            operation.push("x-acs-pagination", map(mark));
        }
        operation.push("parameters", Tree::List(parameters));
        if self.chance(30) {
            let form = (
                "application/x-www-form-urlencoded",
                map([("schema", self.flat())]),
            );
            operation.push("requestBody", map([("content", map([form]))]));
        }
        let mut answer = self.object(3, refs);
        if let Some(members) = answer.get_mut("properties") {
            // A shared schema that nothing refers to is a problem.
            for (number, reference) in refs.iter().enumerate() {
                members.push(&format!("Ref{number}"), map([("$ref", text(reference))]));
            }
        }
        if paged && let Some(members) = answer.get_mut("properties") {
            let item = self.object(1, &[]);
            members.push("List", map([("type", text("array")), ("items", item)]));
        }
        let json = map([("application/json", map([("schema", answer)]))]);
        let response = map([("description", self.prose()), ("content", json)]);
        operation.push("responses", map([("200", response)]));
        operation
    }

    fn parameter(&mut self, refs: &[String]) -> Tree {
        let mut parameter = map([
            ("name", text(self.name())),
            ("in", text("query")),
            ("description", self.prose()),
        ]);
        if self.chance(40) {
            parameter.push("required", plain("true"));
        }
        if self.chance(50) {
            parameter.push("schema", self.leaf());
        } else {
            let refs = if self.is_odd() { refs } else { &[] };
            let schema = match self.dice.below(3) {
                0 => map([("type", text("array")), ("items", self.leaf())]),
                1 => map([
                    ("type", text("object")),
                    ("additionalProperties", self.leaf()),
                ]),
                _ => self.object(2, refs),
            };
            let json = ("application/json", map([("schema", schema)]));
            parameter.push("content", map([json]));
        }
        parameter
    }

    /// An object of scalars.
    fn flat(&mut self) -> Tree {
        self.object(0, &[])
    }

    fn object(&mut self, levels: usize, refs: &[String]) -> Tree {
        let mut members = Vec::new();
        for _ in 0..1 + self.dice.below(4) {
            let name = self.name();
            members.push((name, self.schema(levels, refs)));
        }
        let mut object = map([("type", text("object"))]);
        if self.chance(30) {
            object.push("required", Tree::List(vec![text(&members[0].0)]));
        }
        if self.chance(50) {
            object.push("description", self.prose());
        }
        object.push("properties", Tree::Map(members));
        object
    }

    fn schema(&mut self, levels: usize, refs: &[String]) -> Tree {
        if !refs.is_empty() && self.chance(40) {
            let at = self.dice.below(refs.len());
            return map([("$ref", text(&refs[at]))]);
        }
        if levels == 0 {
            return self.leaf();
        }
        let within = |random: &mut Self| random.schema(levels - 1, refs);
        match self.dice.below(6) {
            0 => map([("type", text("array")), ("items", within(self))]),
            1 => map([
                ("type", text("object")),
                ("additionalProperties", within(self)),
            ]),
            2 => map([
                ("description", self.prose()),
                ("allOf", Tree::List(vec![within(self)])),
            ]),
            3 => self.object(levels - 1, refs),
            _ => self.leaf(),
        }
    }

    fn leaf(&mut self) -> Tree {
        let (ty, formats): (_, &[&str]) = match self.dice.below(6) {
            0 => ("integer", &["int32", "int64"]),
            1 => ("number", &["float", "double"]),
            2 => ("boolean", &[]),
            3 => return self.open_enum(),
            _ => ("string", &["", "", "password"]),
        };
        let mut leaf = map([("type", text(ty))]);
        let format = if formats.is_empty() {
            ""
        } else {
            self.dice.pick(formats)
        };
        if !format.is_empty() {
            leaf.push("format", text(format));
        }
        for (key, fits) in [("minLength", "string"), ("maximum", "integer")] {
            if ty == fits && self.chance(20) {
                leaf.push(key, self.number());
            }
        }
        if self.chance(60) {
            leaf.push("description", self.prose());
        }
        if self.chance(30) {
            leaf.push("example", self.scalar());
        }
        if self.is_odd() {
            leaf.push(&self.words.key(self.dice), self.scalar());
        }
        leaf
    }

    fn open_enum(&mut self) -> Tree {
        let values: Vec<_> = (0..1 + self.dice.below(4))
            .map(|_| text(self.name()))
            .collect();
        map([
            ("type", text("string")),
            ("description", self.prose()),
            ("enum", Tree::List(values)),
        ])
    }

    /// A file as the vendor's metadata.
    pub(crate) fn metadata(&mut self) -> Tree {
        let shared: Vec<String> = (0..self.dice.below(3)).map(|at| format!("A{at}")).collect();
        let schemas = shared.iter().enumerate().map(|(at, name)| {
            let to = if self.is_odd() { 0 } else { at + 1 };
            (name.clone(), self.fact(2, &shared[to..]))
        });
        let schemas = schemas.collect();
        let mut apis = Vec::new();
        for _ in 0..1 + self.dice.below(4) {
            let name = self.name().replace("Ünï", "Uni");
            let parameters = (0..self.dice.below(5)).map(|_| self.travelling(&shared));
            let parameters = Tree::List(parameters.collect());
            let answer = map([
                ("type", text("object")),
                ("properties", map([("Data", self.fact(3, &shared))])),
            ]);
            let mut api = map([
                ("summary", self.prose()),
                ("methods", Tree::List(vec![text("post")])),
                ("parameters", parameters),
                ("responses", map([("200", map([("schema", answer)]))])),
            ]);
            if self.chance(30) {
                let limit = map([("threshold", self.number()), ("countWindow", self.number())]);
                let list = map([("flowControlList", Tree::List(vec![limit]))]);
                api.push("flowControl", list);
                let error = map([("errorCode", self.scalar()), ("errorMessage", self.prose())]);
                api.push("errorCodes", map([("400", Tree::List(vec![error]))]));
            }
            apis.push((name, api));
        }
        map([
            ("version", text("1.0")),
            (
                "info",
                map([
                    ("style", text("RPC")),
                    ("product", text("Example")),
                    ("version", text("2024-01-01")),
                ]),
            ),
            ("components", map([("schemas", Tree::Map(schemas))])),
            ("apis", Tree::Map(apis)),
            ("endpoints", Tree::List(Vec::new())),
        ])
    }

    fn travelling(&mut self, shared: &[String]) -> Tree {
        let place = if self.chance(70) { "query" } else { "formData" };
        let mut parameter = map([("name", text(self.name())), ("in", text(place))]);
        if self.chance(50) {
            parameter.push("style", text("json"));
            parameter.push("schema", self.fact(2, shared));
        } else {
            parameter.push("schema", self.fact(0, &[]));
        }
        parameter
    }

    /// A schema of the metadata.
    fn fact(&mut self, levels: usize, shared: &[String]) -> Tree {
        if !shared.is_empty() && self.chance(20) {
            let name = &shared[self.dice.below(shared.len())];
            return map([("$ref", text(format!("#/components/schemas/{name}")))]);
        }
        let kinds = if levels == 0 { 4 } else { 8 };
        let mut fact = match self.dice.below(kinds) {
            0 => map([("type", text("integer")), ("format", text("int64"))]),
            1 => map([("type", text("boolean"))]),
            2 => {
                let values = (0..1 + self.dice.below(3)).map(|_| (self.name(), text("")));
                let values = Tree::Map(values.collect());
                map([("type", text("string")), ("enumValueTitles", values)])
            }
            3 => map([("type", text("string"))]),
            4 | 5 => {
                let members = (0..self.dice.below(4)).map(|_| {
                    let name = self.name();
                    (name, self.fact(levels - 1, shared))
                });
                let members = Tree::Map(members.collect());
                map([("type", text("object")), ("properties", members)])
            }
            6 => map([
                ("type", text("array")),
                ("items", self.fact(levels - 1, shared)),
            ]),
            _ => map([
                ("type", text("object")),
                ("additionalProperties", self.fact(levels - 1, shared)),
            ]),
        };
        for (key, chance) in [("required", 30), ("deprecated", 5)] {
            if self.chance(chance) {
                fact.push(key, plain("true"));
            }
        }
        for key in ["example", "default", "minimum", "maxLength", "pattern"] {
            if self.chance(15) {
                fact.push(key, self.scalar());
            }
        }
        fact
    }
}
