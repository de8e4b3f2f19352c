//! What is tried: real documents with changes, and random ones. A case follows from the seed and its
//! number alone.

use std::fs;

use alibabacloud_codegen::Sources;
use cams_tests::fixtures::{ENTRY, cams, fixtures, imports, shared, sources};
use cams_tests::slips::Dice;
use serde_yaml::Value as Yaml;

use crate::changes::{Changes, smeared, written};
use crate::random::{Random, Trees};
use crate::tree::{Tree, map, text};

/// What is done with the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Generate,
    Bundle,
    Import,
}

/// Documents to try.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) way: Way,
    pub(crate) description: Sources,
    pub(crate) metadata: Vec<(String, Vec<u8>)>,
    pub(crate) skip: bool,
}

/// A real document: as a tree where it is sound, as text in any case.
struct Document {
    path: String,
    text: String,
    tree: Option<Tree>,
}

impl Document {
    fn new(path: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        Self {
            path: path.to_owned(),
            tree: Tree::read(&text),
            text,
        }
    }
}

struct Import {
    metadata: Vec<Document>,
    description: Vec<Document>,
    skip: bool,
}

/// The real documents that cases are made of.
pub(crate) struct Cases {
    changes: Changes,
    fixtures: Vec<Vec<Document>>,
    imports: Vec<Import>,
    /// The description of CAMS: its entry, and its operations as texts.
    entry: Tree,
    operations: Vec<(String, String)>,
    /// The vendor's metadata, where it is there.
    vendor: Option<Tree>,
}

fn documents(sources: &Sources) -> Vec<Document> {
    let sources = sources.iter();
    sources
        .map(|(path, bytes)| Document::new(path, bytes))
        .collect()
}

impl Cases {
    pub(crate) fn new() -> Self {
        let mut all = Vec::new();
        for folder in ["valid", "bundled", "problems"] {
            all.extend(
                fixtures(folder)
                    .iter()
                    .map(|(_, text)| documents(&sources(text))),
            );
        }
        let import = |fixture: cams_tests::fixtures::Import| {
            let metadata = fixture.metadata.iter();
            Import {
                metadata: metadata
                    .map(|(path, bytes)| Document::new(path, bytes))
                    .collect(),
                description: documents(&fixture.description),
                skip: fixture.skip,
            }
        };
        let imports: Vec<_> = imports().into_iter().map(import).collect();
        let mut operations = cams();
        let entry = operations.remove(ENTRY).expect("it is there");
        let entry = Tree::read(&String::from_utf8_lossy(&entry)).expect("it is sound");
        let operations: Vec<_> = operations
            .into_iter()
            .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()))
            .collect();
        let vendor = shared("cams/api-docs.json").map(|path| {
            let text = fs::read_to_string(path).expect("readable");
            let json: Yaml = serde_json::from_str(&text).expect("it is JSON");
            Tree::from(json)
        });
        let within = imports
            .iter()
            .flat_map(|it| it.metadata.iter().chain(&it.description));
        let real = all.iter().flatten().chain(within);
        let mut trees: Vec<_> = real.filter_map(|document| document.tree.as_ref()).collect();
        trees.push(&entry);
        let changes = Changes::new(trees.into_iter());
        Self {
            changes,
            fixtures: all,
            imports,
            entry,
            operations,
            vendor,
        }
    }

    pub(crate) fn case(&self, seed: u64, number: u64) -> Case {
        // Neighbouring numbers must not give neighbouring dice.
        let mixed =
            (seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mut dice = Dice::new((mixed ^ (mixed >> 31)) | 1);
        let dice = &mut dice;
        match dice.below(10) {
            0..5 => self.described(Way::Generate, dice),
            5..7 => self.described(Way::Bundle, dice),
            _ => self.imported(dice),
        }
    }

    /// A description, of any kind.
    fn described(&self, way: Way, dice: &mut Dice) -> Case {
        let mut case = Case {
            way,
            description: Sources::new(),
            metadata: Vec::new(),
            skip: false,
        };
        match dice.below(10) {
            0..4 => {
                let trees = self.cams(dice);
                self.write(trees, dice, &mut case.description);
            }
            4..7 => {
                let fixture = &self.fixtures[dice.below(self.fixtures.len())];
                self.real(fixture, dice, &mut case.description);
            }
            _ => {
                let trees = Random::new(self.changes.words(), dice).description();
                self.write(trees, dice, &mut case.description);
            }
        }
        if dice.below(30) == 0 {
            self.shuffle(&mut case.description, dice);
        }
        case
    }

    fn imported(&self, dice: &mut Dice) -> Case {
        let mut case = Case {
            way: Way::Import,
            description: Sources::new(),
            metadata: Vec::new(),
            skip: dice.below(2) == 0,
        };
        let mut metadata = Sources::new();
        match dice.below(10) {
            0..5 => {
                let import = &self.imports[dice.below(self.imports.len())];
                case.skip = import.skip;
                if dice.below(3) == 0 {
                    self.real(&import.metadata, dice, &mut metadata);
                    self.unchanged(&import.description, &mut case.description);
                } else {
                    self.unchanged(&import.metadata, &mut metadata);
                    self.real(&import.description, dice, &mut case.description);
                }
            }
            5..9 => {
                let tree = Random::new(self.changes.words(), dice).metadata();
                self.written(tree, dice, &mut metadata, &mut case.description);
            }
            _ => {
                let tree = match &self.vendor {
                    Some(vendor) => sample(vendor, dice),
                    None => Random::new(self.changes.words(), dice).metadata(),
                };
                self.written(tree, dice, &mut metadata, &mut case.description);
            }
        }
        case.metadata = metadata.into_iter().collect();
        case
    }

    /// Metadata, and sometimes the description that an import makes of it, each with changes.
    fn written(
        &self,
        tree: Tree,
        dice: &mut Dice,
        metadata: &mut Sources,
        description: &mut Sources,
    ) {
        let path = "api-docs.json".to_owned();
        if dice.below(2) == 0 {
            let sound = written(&tree, true, dice).into_bytes();
            let sound = [(path.clone(), sound)];
            if let Ok(imported) =
                alibabacloud_codegen::import::import(&Sources::new(), &sound, true)
            {
                let files = cams_tests::fixtures::again(&imported);
                if dice.below(2) == 0 {
                    self.real(&documents(&files), dice, description);
                } else {
                    *description = files;
                }
            }
        }
        self.write(vec![(path, tree)], dice, metadata);
    }

    /// The description of CAMS with one operation.
    fn cams(&self, dice: &mut Dice) -> Trees {
        let (path, operation) = &self.operations[dice.below(self.operations.len())];
        let operation = Tree::read(operation).expect("it is sound");
        let mut entry = self.entry.clone();
        let file = path.as_str();
        keep(
            &mut entry,
            "paths",
            |_, item| matches!(item.get("$ref"), Some(Tree::Text(to)) if to == file),
        );
        let mut wanted = Vec::new();
        references(&operation, &mut wanted);
        let schemas = self
            .entry
            .get("components")
            .and_then(|it| it.get("schemas"));
        let mut next = 0;
        while let Some(name) = wanted.get(next).cloned() {
            next += 1;
            if let Some(schema) = schemas.and_then(|schemas| schemas.get(&name)) {
                let mut more = Vec::new();
                references(schema, &mut more);
                more.retain(|name| !wanted.contains(name));
                wanted.extend(more);
            }
        }
        let components = entry.get_mut("components").expect("it is there");
        keep(components, "schemas", |name, _| {
            wanted.iter().any(|wanted| wanted == name)
        });
        let mut tag = None;
        operation.visit(None, &mut |key, value| {
            if let (Some("tags"), Tree::List(tags)) = (key, value) {
                tag = tags.first().cloned();
            }
        });
        if let (Some(Tree::List(tags)), Some(Tree::Text(tag))) = (entry.get_mut("tags"), tag) {
            tags.retain(|it| matches!(it.get("name"), Some(Tree::Text(name)) if *name == tag));
        }
        vec![(path.clone(), operation), (ENTRY.to_owned(), entry)]
    }

    /// Real documents with changes: of their trees where they have any, of their texts otherwise.
    fn real(&self, documents: &[Document], dice: &mut Dice, to: &mut Sources) {
        self.unchanged(documents, to);
        for _ in 0..1 + dice.below(2) {
            let Some(document) = documents.get(dice.below(documents.len())) else {
                return;
            };
            let (path, text) = (&document.path, &document.text);
            match &document.tree {
                Some(tree) if dice.below(4) > 0 => {
                    self.write(vec![(path.clone(), tree.clone())], dice, to);
                }
                _ => drop(to.insert(path.clone(), smeared(text, dice))),
            }
        }
    }

    fn unchanged(&self, documents: &[Document], to: &mut Sources) {
        for document in documents {
            to.insert(document.path.clone(), document.text.clone().into_bytes());
        }
    }

    /// Changes trees at up to four places, and writes them.
    fn write(&self, mut trees: Trees, dice: &mut Dice, to: &mut Sources) {
        for _ in 0..[0, 0, 1, 1, 1, 2, 2, 4][dice.below(8)] {
            let at = dice.below(trees.len());
            self.changes.change(&mut trees[at].1, dice);
        }
        let smear = if dice.below(10) == 0 {
            dice.below(trees.len())
        } else {
            usize::MAX
        };
        for (at, (path, tree)) in trees.into_iter().enumerate() {
            let text = written(&tree, path.ends_with(".json"), dice);
            let bytes = if at == smear {
                smeared(&text, dice)
            } else {
                text.into_bytes()
            };
            to.insert(path, bytes);
        }
    }

    /// Changes the files themselves.
    fn shuffle(&self, sources: &mut Sources, dice: &mut Dice) {
        let at = dice.below(sources.len());
        let Some((path, bytes)) = sources.iter().nth(at) else {
            return;
        };
        let (path, bytes) = (path.clone(), bytes.clone());
        match dice.below(5) {
            0 => drop(sources.remove(&path)),
            1 => drop(sources.insert("openapi.json".to_owned(), bytes)),
            2 => drop(sources.insert(format!("{path}.yaml"), bytes)),
            3 => drop(sources.insert(self.changes.words().name(dice), bytes)),
            _ => {
                for number in 0..2_000 {
                    let mut item = map([("description", text("Nothing."))]);
                    item.push("x-a", text("b"));
                    let text = written(&item, false, dice);
                    sources.insert(format!("operations/{number}.yaml"), text.into_bytes());
                }
            }
        }
    }
}

/// Some operations of the vendor's metadata, with all shared schemas.
fn sample(vendor: &Tree, dice: &mut Dice) -> Tree {
    let mut few = vendor.clone();
    if let Some(Tree::Map(apis)) = few.get_mut("apis") {
        let first = dice.below(apis.len());
        *apis = apis
            .iter()
            .skip(first)
            .take(1 + dice.below(3))
            .cloned()
            .collect();
    }
    few
}

/// Keeps some members of the map under a key.
fn keep(tree: &mut Tree, key: &str, wanted: impl Fn(&str, &Tree) -> bool) {
    if let Some(Tree::Map(members)) = tree.get_mut(key) {
        members.retain(|(name, value)| wanted(name, value));
    }
}

/// The names of the shared schemas that a tree refers to.
fn references(tree: &Tree, to: &mut Vec<String>) {
    tree.visit(None, &mut |key, value| {
        if let (Some("$ref"), Tree::Text(text)) = (key, value)
            && let Some((_, name)) = text.rsplit_once('/')
        {
            to.push(name.to_owned());
        }
    });
}
