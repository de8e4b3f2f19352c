//! An operation: its own facts, its parameters, its answer.

use super::elements::JSON;
use super::schema::Around;
use super::{Overrides, Weave};
use crate::import::facts::{DocumentedError, Operation, Told};
use crate::import::order::without;
use crate::import::report::Section;
use crate::import::show::{change, show_or_none};
use crate::import::tree::{Map, Tree, Value, map};

/// What the vendor decides about an operation.
const FACTS: &[&str] = &[
    "operationId",
    "deprecated",
    "x-acs-ram",
    "x-acs-rate-limit",
    "x-acs-errors",
    "parameters",
    "requestBody",
    "responses",
];

impl Weave<'_> {
    /// The file of an operation.
    pub(super) fn path_item(
        &mut self,
        name: &str,
        entry: &str,
        facts: &Operation,
        old: Option<&Tree>,
    ) -> Tree {
        name.clone_into(&mut self.operation);
        self.new = old.is_none().then_some(0);
        let around = Around::of(entry);
        let empty = Map::new();
        let members = old.and_then(|old| old.get("post")?.map());
        let operation = self.operation(name, facts, members.unwrap_or(&empty), &around);
        let mut item = old.and_then(Tree::map).cloned().unwrap_or_default();
        let comments = item.get("post").map(|post| post.comments.clone());
        let operation = operation.with_comments(&comments.unwrap_or_default());
        item.insert("post".to_owned(), operation);
        if let Some(count) = self.new.take() {
            let text = format!("{count} parameter(s) and field(s) to describe");
            self.tell(Section::New, "", text);
        }
        let comments = old.map(|old| old.comments.clone()).unwrap_or_default();
        Tree::from(item).with_comments(&comments)
    }

    fn operation(&mut self, name: &str, facts: &Operation, old: &Map, around: &Around) -> Tree {
        let marks = Overrides::of([old].into_iter());
        if marks.has("element") {
            self.tell_override("", "element", true, "");
        }
        let mut out = without(old, FACTS);
        let deprecated = facts.deprecated.then(|| Tree::flag(true));
        let ours = old.get("deprecated").cloned();
        let deprecated = if marks.has("deprecated") {
            let vendor = show_or_none(deprecated.as_ref());
            self.tell_override("", "deprecated", ours == deprecated, &vendor);
            ours
        } else {
            deprecated
        };
        let ram = facts.ram.as_ref().map(|ram| {
            let mut members = map([
                ("action", Tree::string(&*ram.action)),
                ("access", Tree::string(&*ram.access)),
            ]);
            if let Some(resource) = &ram.resource {
                members.insert("resource".to_owned(), Tree::string(&**resource));
            }
            members.into()
        });
        let ram = self.told_or_kept(Told::Ram, "x-acs-ram", ram, old);
        let limit = facts.rate_limit.map(Tree::whole);
        let limit = self.told_or_kept(Told::RateLimit, "x-acs-rate-limit", limit, old);
        let errors = errors(&facts.errors, old.get("x-acs-errors"));
        let errors = self.told_or_kept(Told::Errors, "x-acs-errors", errors, old);
        for (key, value) in [
            ("operationId", Some(Tree::string(name))),
            ("deprecated", deprecated),
            ("x-acs-ram", ram),
            ("x-acs-rate-limit", limit),
            ("x-acs-errors", errors),
        ] {
            let before = old.get(key);
            if self.new.is_none() && before != value.as_ref() {
                let text = if key == "x-acs-errors" {
                    change(key, codes(before).as_ref(), codes(value.as_ref()).as_ref())
                } else {
                    change(key, before, value.as_ref())
                };
                self.tell(Section::Changed, "", text);
            }
            if let Some(value) = value {
                out.insert(key.to_owned(), commented(value, before));
            }
        }
        self.put_request(facts, old, around, &mut out);
        let responses = self.responses(facts, old.get("responses"), around);
        out.insert(
            "responses".to_owned(),
            commented(responses, old.get("responses")),
        );
        out.into()
    }

    /// A fact that whole files don't tell is kept where none of them does.
    fn told_or_kept(
        &mut self,
        told: Told,
        key: &str,
        vendor: Option<Tree>,
        old: &Map,
    ) -> Option<Tree> {
        if self.facts.told.contains(&told) {
            return vendor;
        }
        let kept = old.get(key).cloned();
        if kept.is_some() {
            let text = format!("no file tells of `{key}`: what is there is kept");
            self.report.add(Section::Note, "", "", text);
        }
        kept
    }

    /// The reference that stood in the place of something woven, while that says the same.
    pub(super) fn still_shared(
        &mut self,
        path: &str,
        woven: Tree,
        old: Option<&Tree>,
        component: Option<&Tree>,
    ) -> Tree {
        let (Some(old), Some(component)) = (old, component) else {
            return woven;
        };
        if old.get("$ref").is_none() {
            return woven;
        }
        if same_but_example(&woven, component) {
            return old.clone();
        }
        let text = "differs from what is shared by now, and is written out";
        self.tell(Section::Changed, path, text);
        woven
    }

    fn responses(&mut self, facts: &Operation, old: Option<&Tree>, around: &Around) -> Tree {
        let mut responses = old.and_then(Tree::map).cloned().unwrap_or_default();
        let before = old.and_then(|old| old.get("200"));
        let success = before.map(|before| self.component(before, "responses", around.entry()));
        let mut response = success
            .as_ref()
            .and_then(Tree::map)
            .cloned()
            .unwrap_or_default();
        // OpenAPI wants one; the words are a person's.
        response
            .entry("description".to_owned())
            .or_insert_with(|| Tree::string(""));
        let mut content = response
            .get("content")
            .cloned()
            .unwrap_or_else(|| Map::new().into());
        let mut media = content
            .get(JSON)
            .cloned()
            .unwrap_or_else(|| Map::new().into());
        let schema = media.get("schema").cloned();
        let woven = self.schema("response", schema.as_ref(), &facts.response, around);
        if let Some(members) = media.map_mut() {
            members.insert("schema".to_owned(), commented(woven, schema.as_ref()));
        }
        if let Some(members) = content.map_mut() {
            members.insert(JSON.to_owned(), media);
        }
        response.insert("content".to_owned(), content);
        let response = self.still_shared("response", response.into(), before, success.as_ref());
        responses.insert("200".to_owned(), commented(response, before));
        responses.into()
    }
}

pub(super) fn commented(tree: Tree, old: Option<&Tree>) -> Tree {
    let comments = old.map(|old| old.comments.clone()).unwrap_or_default();
    tree.with_comments(&comments)
}

fn same_but_example(one: &Tree, other: &Tree) -> bool {
    let facts = |tree: &Tree| tree.map().map(|members| without(members, &["example"]));
    facts(one) == facts(other)
}

/// Errors as a report lists them.
fn codes(errors: Option<&Tree>) -> Option<Tree> {
    let code = |error: &Tree| {
        let written = |key| error.get(key).and_then(Tree::written);
        let code = written("code").unwrap_or_default();
        match written("status") {
            Some(status) => format!("{code} ({status})"),
            None => code.to_owned(),
        }
    };
    let codes: Vec<String> = errors?.list().iter().map(code).collect();
    Some(Tree::texts(codes.iter().map(String::as_str)))
}

/// The errors that the vendor documents, with our words about each code.
fn errors(errors: &[DocumentedError], old: Option<&Tree>) -> Option<Tree> {
    if errors.is_empty() {
        return None;
    }
    let item = |error: &DocumentedError| {
        let before = old.map(Tree::list).unwrap_or_default().iter();
        let same_code = |item: &&Tree| item.get("code").and_then(Tree::text) == Some(&*error.code);
        let before = before.clone().find(same_code);
        let mut members = map([("code", Tree::string(&*error.code))]);
        if let Some(status) = error.status {
            members.insert("status".to_owned(), Tree::whole(status));
        }
        for (key, tree) in before.and_then(Tree::map).into_iter().flatten() {
            if !matches!(&**key, "code" | "status") {
                members.insert(key.clone(), tree.clone());
            }
        }
        commented(members.into(), before)
    };
    Some(Value::List(errors.iter().map(item).collect()).into())
}
