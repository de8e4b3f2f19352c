//! What goes over the wire, as data: cases of our own, and recordings of the official SDK.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::fixtures::folder;
use crate::server::Received;

type Pairs = Vec<(String, String)>;

/// One call: what is asked for, what must be sent, what is replied, what must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case is called.
    pub name: String,
    /// The request, under wire names.
    pub input: Value,
    /// What must be sent.
    pub request: Expected,
    /// What the server replies.
    pub reply: Reply,
    /// What must come out, under wire names.
    pub answer: Value,
}

/// A request, as far as it is compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Decoded, in the order in which they travel.
    pub query: Pairs,
    /// The body as a form, likewise.
    pub form: Pairs,
}

/// What a server replies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Value,
}

/// What a request says, as far as it is compared.
pub fn expected_of(request: &Received) -> Expected {
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .collect();
    Expected {
        method: request.method.clone(),
        path: request.path().to_owned(),
        headers,
        query: request.query_pairs(),
        form: request.form_pairs(),
    }
}

/// The cases that stand in the repository. Not every operation has any.
pub fn own(action: &str) -> Vec<Case> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        operation: String,
        cases: Vec<Case>,
    }

    let path = folder().join(format!("data/wire/{action}.json"));
    if !path.exists() {
        return Vec::new();
    }
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: File =
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(file.operation, action, "{}", path.display());
    assert!(!file.cases.is_empty(), "{}", path.display());
    file.cases
}

/// What the official SDK sent, as it was recorded.
#[derive(Debug, Deserialize)]
pub struct Recording {
    input: serde_json::Map<String, Value>,
    request: Recorded,
    reply: RecordedReply,
    /// What the SDK has and the documentation hasn't.
    #[serde(default)]
    undocumented: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Recorded {
    method: String,
    path: String,
    query: String,
    headers: Pairs,
    body: RecordedBody,
}

#[derive(Debug, Deserialize)]
struct RecordedBody {
    text: String,
}

#[derive(Debug, Deserialize)]
struct RecordedReply {
    status: u16,
    headers: Pairs,
    body: Value,
}

impl Recorded {
    fn received(&self) -> Received {
        Received {
            method: self.method.clone(),
            target: format!("{}?{}", self.path, self.query),
            headers: self.headers.clone(),
            body: self.body.text.clone().into_bytes(),
        }
    }
}

impl Recording {
    /// The request that the SDK sent.
    pub fn received(&self) -> Received {
        self.request.received()
    }

    /// The case that it makes, without what isn't documented.
    pub fn case(mut self, name: &str) -> Case {
        let documented = |name: &str| !self.undocumented.iter().any(|other| other == name);
        let mut request = expected_of(&self.request.received());
        request.query.retain(|(name, _)| documented(name));
        request.form.retain(|(name, _)| documented(name));
        self.input.retain(|name, _| documented(name));
        let mut answer = self.reply.body.clone();
        if let Some(members) = answer.as_object_mut() {
            members.retain(|name, _| documented(name));
        }
        Case {
            name: format!("recording `{name}`"),
            input: Value::Object(self.input),
            request,
            reply: Reply {
                status: self.reply.status,
                headers: self.reply.headers.into_iter().collect(),
                body: self.reply.body,
            },
            answer,
        }
    }
}

/// The recordings of an operation, by name. Not every operation has any.
pub fn recordings(folder: &Path, action: &str) -> Vec<(&'static str, Recording)> {
    let Ok(text) = fs::read(folder.join(format!("{action}.json"))) else {
        return Vec::new();
    };
    let mut file: Value = serde_json::from_slice(&text).expect("a recording is JSON");
    ["full", "required"]
        .into_iter()
        .filter_map(|name| {
            let recording = file.get_mut(name)?.take();
            let recording = serde_json::from_value(recording);
            Some((name, recording.expect("a recording in its usual shape")))
        })
        .collect()
}
