//! The entry: the service, the list of operations, shared schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::shared::{entry_seen_from, moved};
use super::{Weave, Written};
use crate::import::facts::Facts;
use crate::import::report::{Report, Section};
use crate::import::tree::{Map, Tree, Value, insert_sorted, map};
use crate::spec;

const REGION: &str = "{region}";
const USUAL_REGION: &str = "ap-southeast-1";

/// An operation as people left it.
#[derive(Debug)]
pub(super) struct Item {
    /// Its key under `paths`.
    pub(super) key: String,
    /// The comments before that.
    pub(super) comments: Vec<String>,
    /// Its file, where it has one.
    pub(super) file: Option<String>,
    /// The path item.
    pub(super) item: Tree,
    pub(super) trailing: Vec<String>,
}

/// The file that an operation gets.
pub(super) fn own_file(name: &str) -> String {
    format!("operations/{name}.yaml")
}

/// The operations of a description by the name of their action.
pub(super) fn items(written: &Written, entry: &Tree) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for (key, line) in entry.get("paths").and_then(Tree::map).into_iter().flatten() {
        let target = line.get("$ref").and_then(Tree::text);
        let target = target.and_then(|text| spec::refs::target(&written.entry, text).ok());
        let file = target.map(|target| target.file);
        let found = file.as_ref().and_then(|file| written.files.get(file));
        let item = found.map_or(line, |found| &found.root);
        let Some(operation) = item.get("post") else {
            continue;
        };
        let id = operation.get("operationId").and_then(Tree::text);
        let fragment = key.split_once('#').map(|(_, fragment)| fragment);
        let Some(name) = id.or(fragment) else {
            continue;
        };
        let item = Item {
            key: key.clone(),
            comments: line.comments.clone(),
            file: found.and(file.clone()),
            item: match found {
                Some(found) => found.root.clone(),
                // It gets a file, from where the entry lies elsewhere.
                None => moved(line, &entry_seen_from(&own_file(name), &written.entry)),
            },
            trailing: found
                .map(|found| found.trailing.clone())
                .unwrap_or_default(),
        };
        items.insert(name.to_owned(), item);
    }
    items
}

/// Puts the list of operations. What isn't an operation stays; what it refers to is given back.
pub(super) fn put_paths(
    entry: &mut Tree,
    mut paths: Map,
    items: &BTreeMap<String, Item>,
) -> Vec<String> {
    let operations: BTreeSet<&str> = items.values().map(|item| &*item.key).collect();
    let mut references = Vec::new();
    let Some(members) = entry.map_mut() else {
        return references;
    };
    let old = members.get("paths");
    let comments = old.map(|old| old.comments.clone()).unwrap_or_default();
    for (key, line) in old.and_then(Tree::map).into_iter().flatten() {
        if !operations.contains(&**key) && !paths.contains_key(key) {
            insert_sorted(&mut paths, key, line.clone());
            references.extend(line.get("$ref").and_then(Tree::text).map(str::to_owned));
        }
    }
    members.insert(
        "paths".to_owned(),
        Tree::from(paths).with_comments(&comments),
    );
    references
}

/// Puts the shared schemas, where there are any.
pub(super) fn put_schemas(entry: &mut Tree, schemas: &Map) {
    let Some(members) = entry.map_mut() else {
        return;
    };
    if schemas.is_empty() {
        return;
    }
    let components = members
        .entry("components".to_owned())
        .or_insert_with(|| Map::new().into());
    if let Some(components) = components.map_mut() {
        let old = components.get("schemas").map(|old| old.comments.clone());
        let schemas = Tree::from(schemas.clone()).with_comments(&old.unwrap_or_default());
        components.insert("schemas".to_owned(), schemas);
    }
}

/// The entry of a product that has none.
pub(super) fn fresh(facts: &Facts, report: &mut Report) -> Tree {
    let text = |text: &str| Tree::string(text);
    let (url, region) = server(facts, report);
    let region = map([("default", text(&region))]);
    let server = map([
        ("url", text(&url)),
        ("variables", map([("region", region.into())]).into()),
    ]);
    let key = map([
        ("type", text("apiKey")),
        ("in", text("header")),
        ("name", text("Authorization")),
    ]);
    let list = |item: Map| Tree::from(Value::List(vec![item.into()]));
    report.add(
        Section::New,
        "",
        "",
        format!(
            "{}: a new entry, which wants a title, tags, and a look at its server",
            facts.product
        ),
    );
    map([
        ("openapi", text("3.0.3")),
        (
            "info",
            map([
                ("title", text(&facts.product)),
                ("version", text(&facts.version)),
            ])
            .into(),
        ),
        ("x-acs-style", text("RPC")),
        ("x-acs-product", text(&facts.product)),
        ("x-acs-version", text(&facts.version)),
        ("servers", list(server)),
        (
            "security",
            list(map([("AK", Value::List(Vec::new()).into())])),
        ),
        ("paths", Map::new().into()),
        (
            "components",
            map([("securitySchemes", map([("AK", key.into())]).into())]).into(),
        ),
    ])
    .into()
}

/// The host that most regions share, and a region that has it.
fn server(facts: &Facts, report: &mut Report) -> (String, String) {
    let plain = |host: &str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
    };
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (region, host) in &facts.endpoints {
        if !region.is_empty() && plain(host) && plain(region) && host.contains(&**region) {
            let host = host.replacen(&**region, REGION, 1);
            hosts.entry(host).or_default().push(region);
        }
    }
    let most = hosts.into_iter().max_by_key(|(_, regions)| regions.len());
    let Some((host, regions)) = most else {
        let product = facts.product.to_lowercase();
        let text =
            "no endpoint with its region in its name is told: see whether the server is right";
        report.add(Section::Note, "", "", text);
        return (
            format!("https://{product}.{REGION}.aliyuncs.com"),
            USUAL_REGION.to_owned(),
        );
    };
    let usual = regions.iter().find(|region| **region == USUAL_REGION);
    let region = usual.or(regions.first()).copied().unwrap_or(USUAL_REGION);
    (format!("https://{host}"), region.to_owned())
}

impl Weave<'_> {
    /// The shared schemas: ours as they are, the vendor's woven.
    pub(super) fn woven_components(&mut self, entry: &str) -> Map {
        let ours = self.components.get("schemas").and_then(Tree::map).cloned();
        self.schemas = ours.unwrap_or_default();
        let mut woven = self.schemas.clone();
        for (name, schema) in &self.facts.schemas {
            let old = self.schemas.get(name).cloned();
            if old.is_none() {
                self.tell_new(name);
            }
            let tree = self.schema(
                name,
                old.as_ref(),
                schema,
                &super::schema::Around::of(&entry_seen_from(entry, entry)),
            );
            match woven.get_mut(name) {
                Some(place) => *place = tree,
                None => insert_sorted(&mut woven, name, tree),
            }
        }
        woven
    }
}
