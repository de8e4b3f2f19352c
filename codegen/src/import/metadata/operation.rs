//! Operations: parameters, the answer, access, limits, errors.

use indexmap::{IndexMap, IndexSet};

use super::cursor::At;
use super::{Reader, is_hidden};
use crate::import::facts::{DocumentedError, Operation, Parameter, Ram, Route, Schema, Type};
use crate::problem::Code;
use crate::spec::report::code;

impl Reader<'_> {
    pub(super) fn operation(&mut self, at: &At<'_>, root: &At<'_>, product: &str) -> Operation {
        if at.node.mapping().is_none() {
            self.members(at);
        }
        self.check_transport(at);
        let parameters = at.get("parameters");
        Operation {
            deprecated: self.flag(at, "deprecated"),
            ram: self.ram(at, product),
            rate_limit: self.rate_limit(at, root),
            errors: self.errors(at),
            parameters: parameters.map_or_else(IndexMap::new, |at| self.parameters(&at)),
            response: self.response(at),
        }
    }

    fn check_transport(&mut self, at: &At<'_>) {
        if let Some(path) = at.get("path")
            && path
                .node
                .text()
                .is_some_and(|path| !matches!(path, "" | "/"))
        {
            let message = format!(
                "the path {} isn't carried yet",
                code(path.node.text().unwrap_or_default())
            );
            self.unsupported(&path, message, "operations of RPC style have the path `/`");
        }
        if let Some(methods) = at.get("methods") {
            let posts = self.items(&methods).iter().any(|method| {
                method
                    .node
                    .text()
                    .is_some_and(|m| m.eq_ignore_ascii_case("post"))
            });
            if !posts {
                let message = "an operation that doesn't take POST isn't carried";
                self.unsupported(
                    &methods,
                    message,
                    "operations of RPC style are sent by POST",
                );
            }
        }
        if let Some(produces) = at.get("produces") {
            let items = self.items(&produces);
            let json = |at: &At<'_>| at.node.text().is_some_and(|media| media.contains("json"));
            if !items.is_empty() && !items.iter().any(json) {
                let message = "an answer that isn't JSON isn't carried yet";
                self.unsupported(&produces, message, "answers are JSON objects");
            }
        }
    }

    fn parameters(&mut self, at: &At<'_>) -> IndexMap<String, Parameter> {
        let mut parameters = IndexMap::new();
        for at in self.items(at) {
            let name = self.required_name(&at, "name");
            if name.is_empty() || !self.is_name(&name, &at) {
                continue;
            }
            let hidden =
                is_hidden(&at) || at.get("schema").is_some_and(|schema| is_hidden(&schema));
            if hidden {
                self.left_out(&name, "a hidden parameter");
                continue;
            }
            let Some(route) = self.route(&name, &at) else {
                continue;
            };
            let Some(schema) = self.required(&at, "schema") else {
                continue;
            };
            let schema = self.schema(&schema, &name);
            let route = self.settled(route, &name, &schema, &at);
            let twice = parameters.insert(name.clone(), Parameter { route, schema });
            if twice.is_some() {
                let message = format!("the parameter {} stands here twice", code(&name));
                self.problem(
                    &at,
                    Code::DUPLICATE_PARAMETER,
                    message,
                    "keep one of the two",
                );
            }
        }
        parameters
    }

    /// How a parameter travels; none where it is left out or isn't carried.
    fn route(&mut self, name: &str, at: &At<'_>) -> Option<Route> {
        let within = self.required(at, "in")?;
        let form = match self.text(&within)? {
            "query" => false,
            "formData" => true,
            "host" => {
                self.left_out(name, "a part of the host name");
                return None;
            }
            other => {
                let message = format!(
                    "{} travels in {}, which isn't carried yet",
                    code(name),
                    code(other)
                );
                self.unsupported(
                    &within,
                    message,
                    "parameters travel in the query or in a form",
                );
                return None;
            }
        };
        let Some(style) = at.get("style") else {
            return Some(Route { form, json: false });
        };
        match self.text(&style)? {
            "json" => Some(Route { form, json: true }),
            other => {
                let message = format!(
                    "{} travels in the style {}, which isn't carried yet",
                    code(name),
                    code(other)
                );
                self.unsupported(
                    &style,
                    message,
                    "a value that isn't a scalar travels as JSON",
                );
                None
            }
        }
    }

    /// A scalar travels as its text even where the metadata says JSON; the reverse isn't carried.
    fn settled(&mut self, route: Route, name: &str, schema: &Schema, at: &At<'_>) -> Route {
        let scalar = matches!(
            schema.ty,
            Type::Text | Type::Integer(_) | Type::Number(_) | Type::Boolean
        );
        if scalar && route.json {
            self.note(name, "a scalar in style json: it travels as its text");
            return Route {
                json: false,
                ..route
            };
        }
        let structured = matches!(
            schema.ty,
            Type::List(_) | Type::Map(_) | Type::Object(_) | Type::Any
        );
        if structured && !route.json {
            let message = format!(
                "{} is not a scalar and has no style, which isn't carried yet",
                code(name)
            );
            self.unsupported(at, message, "a value that isn't a scalar travels as JSON");
        }
        route
    }

    fn response(&mut self, at: &At<'_>) -> Schema {
        let responses = at.get("responses");
        let response = responses
            .as_ref()
            .and_then(|responses| responses.get("200"));
        let schema = response
            .as_ref()
            .and_then(|response| response.get("schema"));
        let Some(found) = schema else {
            let place = response.or(responses).unwrap_or_else(|| at.clone());
            let message = "there is no answer: no response 200 with a schema";
            self.unsupported(&place, message, "an answer is a JSON object with members");
            return Schema::any();
        };
        let schema = self.schema(&found, "response");
        if !matches!(schema.ty, Type::Object(_) | Type::Shared(_)) {
            let message = format!(
                "the answer is of type {}, which isn't carried",
                schema.ty.name()
            );
            self.unsupported(&found, message, "an answer is a JSON object with members");
        }
        schema
    }

    fn ram(&mut self, at: &At<'_>, product: &str) -> Option<Ram> {
        let actions = at.get("ramActions")?;
        let wanted = format!("{product}:{}", self.operation);
        let mut found = Vec::new();
        for item in self.items(&actions) {
            let text = |at: Option<At<'_>>| {
                let at = at?;
                at.node
                    .text()
                    .filter(|text| !text.trim().is_empty())
                    .map(str::to_owned)
            };
            let ram = item.get("ramAction");
            let action = text(ram.as_ref().and_then(|ram| ram.get("action")));
            let access = text(item.get("operationType"));
            match (action, access) {
                (Some(action), Some(access)) => {
                    let resource = ram.and_then(|ram| self.resource(&ram));
                    found.push(Ram {
                        action,
                        access,
                        resource,
                    });
                }
                _ => self.left_out("", "a RAM action without its name or its access level"),
            }
        }
        let own = found
            .iter()
            .position(|ram| ram.action.eq_ignore_ascii_case(&wanted));
        if found.len() > 1 {
            self.left_out("", "RAM actions beyond the operation's own");
        }
        let own = own.unwrap_or(0);
        (own < found.len()).then(|| found.swap_remove(own))
    }

    /// The resource, where there is exactly one.
    fn resource(&mut self, ram: &At<'_>) -> Option<String> {
        let items = self.items(&ram.get("resources")?);
        let [only] = items.as_slice() else {
            if !items.is_empty() {
                self.left_out("", "RAM resources: there are several");
            }
            return None;
        };
        let arn = only.get("arn");
        let text = only
            .node
            .text()
            .or(arn.as_ref().and_then(|arn| arn.node.text()));
        if text.is_none() {
            self.left_out("", "a RAM resource without its name");
        }
        text.filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    }

    /// Calls a second, where they are a whole number and the same everywhere.
    fn rate_limit(&mut self, at: &At<'_>, root: &At<'_>) -> Option<u64> {
        let mut limits = limits_of(at).map(|at| self.items(&at)).unwrap_or_default();
        if limits.is_empty()
            && let Some(shared) = limits_of(root)
        {
            limits = self.items(&shared);
            limits.retain(|limit| plain(limit, "api").as_deref() == Some(&*self.operation));
        }
        let everywhere = limits
            .iter()
            .position(|limit| plain(limit, "regionId").is_none_or(|region| region == "*"));
        let chosen = match (everywhere, limits.as_slice()) {
            (Some(index), _) => limits.get(index)?,
            (None, [only]) => only,
            (None, []) => return None,
            (None, _) => {
                self.left_out("", "rate limits: they differ by region");
                return None;
            }
        };
        let number = |key| plain(chosen, key).and_then(|text| text.parse::<u64>().ok());
        let window = if chosen.get("countWindow").is_some() {
            number("countWindow")
        } else {
            Some(1)
        };
        match (number("threshold"), window) {
            (Some(calls), Some(seconds @ 1..)) if calls % seconds == 0 && calls > 0 => {
                u32::try_from(calls / seconds).ok().map(u64::from)
            }
            _ => {
                let text = |key| plain(chosen, key).unwrap_or_default();
                let said = format!(
                    "a rate limit of {} calls in {} s: not a whole number a second",
                    text("threshold"),
                    text("countWindow")
                );
                self.left_out("", said);
                None
            }
        }
    }

    fn errors(&mut self, at: &At<'_>) -> Vec<DocumentedError> {
        let Some(statuses) = at.get("errorCodes") else {
            return Vec::new();
        };
        let mut errors = IndexSet::new();
        for (status, at) in self.members(&statuses) {
            for item in self.items(&at) {
                let code = plain(&item, "errorCode").unwrap_or_default();
                if code.trim().is_empty() {
                    self.left_out("", "an error without a code");
                    continue;
                }
                let error = DocumentedError {
                    code: code.trim().to_owned(),
                    status: status
                        .parse()
                        .ok()
                        .filter(|status| (100..600).contains(status)),
                };
                errors.insert(error);
            }
        }
        errors.into_iter().collect()
    }
}

fn limits_of<'n>(at: &At<'n>) -> Option<At<'n>> {
    at.get("flowControl")?.get("flowControlList")
}

/// A scalar as its text.
fn plain(at: &At<'_>, key: &str) -> Option<String> {
    at.get(key)?.node.scalar().map(|scalar| scalar.text.clone())
}
