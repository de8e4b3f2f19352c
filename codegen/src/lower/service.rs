//! The root of a description: the service.

use super::{Lower, docs};
use crate::model::Service;
use crate::problem::Code;
use crate::spec::Place;

impl Lower<'_> {
    /// The service, as the root describes it.
    pub(super) fn service(&mut self) -> Service {
        let document = self.document;
        let root = document.root();
        let style = self.required_extension("x-acs-style", "RPC");
        if !style.is_empty() && style != "RPC" {
            self.problem(
                &root.child("x-acs-style"),
                Code::NOT_RPC,
                format!("services of style {style} aren't carried yet"),
                "only `RPC` is",
            );
        }
        let (host, region) = self.server();
        Service {
            title: docs::sentence(document.title()),
            docs: docs::described(document.description(), document.title()),
            product: self.required_extension("x-acs-product", "Cams"),
            version: self.required_extension("x-acs-version", "2020-06-06"),
            host,
            region,
        }
    }

    fn required_extension(&mut self, name: &str, example: &str) -> String {
        let value = self.document.extension(name);
        if value.is_none() {
            self.problem(
                &self.document.root(),
                Code::MISSING_KEY,
                format!("`{name}` is missing"),
                format!("add it at the root, as in `{name}: {example}`"),
            );
        }
        let value = value.unwrap_or_default();
        self.check_header_text(name, value, &self.document.root());
        value.to_owned()
    }

    /// That a key has a text which may stand in a header, in a log and in documentation.
    pub(super) fn check_header_text(&mut self, key: &str, text: &str, place: &Place) {
        if plain(text, &['.', '-', '_']) {
            return;
        }
        self.problem(
            &place.child(key),
            Code::HEADER_TEXT,
            format!("a header can't carry the `{key}` `{text}`"),
            "it is made of letters, digits, dots, dashes and underscores",
        );
    }

    /// Host and default region, out of the first server.
    fn server(&mut self) -> (String, String) {
        const HELP: &str =
            "write `https://` and a host, with `{region}` in it and a default for it";
        let place = self.document.root().child("servers");
        let Some((url, defaults)) = self.document.server() else {
            let root = self.document.root();
            self.problem(&root, Code::MISSING_KEY, "`servers` is missing", HELP);
            return Default::default();
        };
        let place = place.item(0).child("url");
        let host = url
            .strip_prefix("https://")
            .map(|host| host.trim_end_matches('/'));
        let region = defaults.get("region").copied();
        let label = |text: &str| !text.is_empty() && plain(text, &['.', '-']);
        let host = host.filter(|host| label(&host.replace("{region}", "region")));
        let region = region.filter(|region| label(region));
        match (host, region) {
            (Some(host), Some(region)) => (host.to_owned(), region.to_owned()),
            _ => {
                self.problem(
                    &place,
                    Code::SERVER,
                    format!(
                        "the server `{url}` isn't a host whose only variable is a region with a \
                         default of letters, digits and dashes"
                    ),
                    HELP,
                );
                Default::default()
            }
        }
    }
}

/// Whether a text has nothing but ASCII letters, digits and these marks.
fn plain(text: &str, marks: &[char]) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || marks.contains(&c))
}
