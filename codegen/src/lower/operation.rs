//! Operations.

use serde_json::Value;

use super::markdown::markdown;
use super::schema::{Around, BY_NAME, Given};
use super::{Lower, docs};
use crate::model::{Direction, ErrorCode, Operation, Place, Ram, Record, Retry, TypeDef};
use crate::naming;
use crate::problem::Code;
use crate::spec::{self, ParameterLocation, Shape};

impl<'d> Lower<'d> {
    pub(super) fn operation(&mut self, operation: &spec::Operation<'d>) -> Operation {
        let (id, name) = self.operation_names(operation);
        let prefix = naming::camel(&name);
        self.check_transport(operation);
        let before = self.problems.len();
        let mut types = Vec::new();
        let request = self.request(operation, &name, &prefix, &mut types);
        let response = self.response(operation, &name, &prefix, &mut types);
        self.note_pagination(operation, &name, self.problems.len() == before);
        Operation {
            origin: self.location(&operation.place),
            method: operation.method.to_uppercase(),
            path: url_path(operation).to_owned(),
            summary: summary(operation, &id),
            docs: markdown(operation.description().unwrap_or_default()),
            deprecated: operation.deprecated(),
            documentation: operation.documentation().map(str::to_owned),
            ram: operation.extension("x-acs-ram").map(ram),
            rate_limit: self.rate_limit(operation),
            errors: errors(operation.extension("x-acs-errors")),
            retry: self.retry(operation),
            // Known once shared types are: see `paginate`.
            pagination: None,
            id,
            name,
            request,
            response,
            types,
        }
    }

    /// The name on the wire and the name in Rust; both empty, and a problem, where there is none.
    fn operation_names(&mut self, operation: &spec::Operation<'_>) -> (String, String) {
        let place = &operation.place;
        let Some(id) = operation.id() else {
            self.problem(
                place,
                Code::NO_OPERATION_ID,
                "the operation has no `operationId`",
                "give it the name of the action, as in `operationId: DeleteChatGroup`",
            );
            return Default::default();
        };
        self.check_header_text("operationId", id, place);
        let given = operation.extension("x-rust-name");
        let name = self.name(id, given, place, naming::snake, BY_NAME);
        self.claim_operation(&name, &naming::camel(&name), place);
        (id.to_owned(), name)
    }

    fn rate_limit(&mut self, operation: &spec::Operation<'_>) -> Option<u32> {
        let limit = operation.extension("x-acs-rate-limit")?.as_u64()?;
        let fit = u32::try_from(limit).ok();
        if fit.is_none() {
            self.problem(
                &operation.place.child("x-acs-rate-limit"),
                Code::RATE_LIMIT,
                format!("a rate limit of {limit} calls a second isn't carried"),
                "give the calls a second for one account",
            );
        }
        fit
    }

    /// What an RPC-style service takes: POST to `/`, whatever the fragment.
    fn check_transport(&mut self, operation: &spec::Operation<'_>) {
        let path = url_path(operation);
        if operation.method != "post" || path != "/" {
            let method = operation.method.to_uppercase();
            self.problem(
                &operation.place,
                Code::NOT_RPC,
                format!("{method} {path} isn't carried yet"),
                "operations of RPC style are POST to `/`; write the path as `/#` and the action",
            );
        }
        self.check_form(operation);
    }

    /// A form whose fields can be told, and encodings that say something about them.
    fn check_form(&mut self, operation: &spec::Operation<'_>) {
        let Some(schema) = operation.form_schema() else {
            return;
        };
        let Shape::Object(fields) = schema.shape() else {
            self.problem(
                &schema.place,
                Code::FORM_BODY,
                "the form isn't an object with properties, listed in place",
                "list its fields under `properties`; each may refer to a shared schema",
            );
            return;
        };
        for (name, media_type, place) in operation.encodings() {
            let known = fields.iter().any(|field| field.name == name);
            let (message, help) = match media_type {
                _ if !known => (
                    format!("the form has no field `{name}` to encode"),
                    "name one of its properties",
                ),
                Some("application/json") => continue,
                Some(other) => (
                    format!("the encoding `{other}` of `{name}` isn't carried"),
                    "it may be `application/json`, for a field that isn't a scalar",
                ),
                None => continue,
            };
            self.problem(&place, Code::FORM_BODY, message, help);
        }
    }

    fn retry(&mut self, operation: &spec::Operation<'_>) -> Retry {
        match operation.extension("x-acs-retry").and_then(Value::as_str) {
            Some("read") => Retry::Read,
            Some("send") => Retry::Send,
            _ => {
                self.undecided(
                    &operation.place,
                    Code::NO_RETRY_CLASS,
                    "`x-acs-retry` is missing",
                    "decide by what the operation does: `read` if repeating it changes nothing, otherwise `send`",
                );
                Retry::Send
            }
        }
    }

    fn request(
        &mut self,
        operation: &spec::Operation<'d>,
        name: &str,
        prefix: &str,
        types: &mut Vec<TypeDef>,
    ) -> Record {
        let mut around = Around {
            prefix,
            direction: Direction::Input,
            types,
        };
        let mut given = Vec::new();
        for parameter in operation.parameters() {
            let Some(place) = self.parameter_place(&parameter) else {
                continue;
            };
            let parameter_given = Given {
                wire: parameter.name,
                required: parameter.required,
                deprecated: parameter.deprecated,
                description: parameter.description,
                example: parameter.example,
                extensions: parameter.extensions,
                at: parameter.place,
                place,
            };
            given.push((parameter_given, parameter.schema));
        }
        let fields = self.sorted(given, &mut around);
        Record {
            name: format!("{prefix}Request"),
            docs: vec![format!(
                "What [`Client::{name}`](crate::Client::{name}) sends."
            )],
            origin: self.location(&operation.place),
            direction: Direction::Input,
            fields,
        }
    }

    /// Where a parameter travels; none, and a problem, where that isn't carried.
    fn parameter_place(&mut self, parameter: &spec::Parameter<'d>) -> Option<Place> {
        let structured = match parameter.schema.shape() {
            Shape::List(_) | Shape::Map(_) | Shape::Object(_) | Shape::Any => true,
            Shape::Shared(name) => self.components.is_structured(&name),
            // What isn't carried at all is reported with its type.
            Shape::Other(_) => parameter.json,
            _ => false,
        };
        let carried = match parameter.location {
            ParameterLocation::Query if parameter.json => Some(Place::QueryJson),
            ParameterLocation::Query => Some(Place::Query),
            ParameterLocation::Form if parameter.json => Some(Place::FormJson),
            ParameterLocation::Form => Some(Place::Form),
            ParameterLocation::Path | ParameterLocation::Header | ParameterLocation::Cookie => None,
        };
        let name = parameter.name;
        match carried {
            None => self.problem(
                &parameter.place.child("in"),
                Code::PARAMETER_PLACE,
                format!("`{name}` is a path, header or cookie parameter, which isn't carried yet"),
                "operations of RPC style send parameters `in: query` or in a form body",
            ),
            Some(Place::Query) if structured => self.problem(
                &parameter.schema.place,
                Code::PARAMETER_ENCODING,
                format!("`{name}` is a list, map or object sent as plain text, which isn't carried"),
                "if it travels as one JSON string, write `content: {application/json: {schema: …}}` instead of `schema`",
            ),
            Some(Place::Form) if structured => self.problem(
                &parameter.schema.place,
                Code::PARAMETER_ENCODING,
                format!("`{name}` is a list, map or object sent as plain text, which isn't carried"),
                format!("if it travels as one JSON string, write `encoding: {{{name}: {{contentType: application/json}}}}` beside the form's schema"),
            ),
            Some(place @ (Place::QueryJson | Place::FormJson)) if !structured => {
                self.problem(
                    &parameter.schema.place,
                    Code::PARAMETER_ENCODING,
                    format!("`{name}` is a scalar sent as JSON, which isn't carried"),
                    "write a plain `schema`: a scalar travels as its text",
                );
                return Some(place);
            }
            Some(_) => {}
        }
        carried
    }

    fn response(
        &mut self,
        operation: &spec::Operation<'d>,
        method: &str,
        prefix: &str,
        types: &mut Vec<TypeDef>,
    ) -> Record {
        let name = format!("{prefix}Response");
        let mut around = Around {
            prefix: &name,
            direction: Direction::Output,
            types,
        };
        let mut origin = self.location(&operation.place);
        let fields = match operation.response().map(|schema| (schema.shape(), schema)) {
            Some((Shape::Object(properties), schema)) => {
                origin = self.location(&schema.place);
                self.fields(properties, &mut around)
            }
            Some((_, schema)) => {
                self.problem(
                    &schema.place,
                    Code::NO_ANSWER,
                    "the answer isn't an object with properties",
                    "describe the JSON object that the operation answers with, in place",
                );
                Vec::new()
            }
            None => {
                self.problem(
                    &operation.place.child("responses"),
                    Code::NO_ANSWER,
                    "there is no answer: no response `'200'` with an `application/json` schema",
                    "describe what a successful call answers",
                );
                Vec::new()
            }
        };
        Record {
            docs: vec![format!(
                "What [`Client::{method}`](crate::Client::{method}) answers."
            )],
            origin,
            direction: Direction::Output,
            fields,
            name,
        }
    }
}

/// The path of the URL: a fragment only tells operations apart.
fn url_path<'d>(operation: &spec::Operation<'d>) -> &'d str {
    operation.path.split('#').next().unwrap_or_default()
}

/// One sentence on what the operation does.
fn summary(operation: &spec::Operation<'_>, id: &str) -> String {
    docs::described(operation.summary(), id).join(" ")
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn ram(value: &Value) -> Ram {
    Ram {
        action: docs::span(&text(value, "action").unwrap_or_default()),
        access: text(value, "access").map(|text| docs::sentence(&text)),
        resource: text(value, "resource").map(|text| docs::span(&text)),
    }
}

fn errors(value: Option<&Value>) -> Vec<ErrorCode> {
    let codes = value.and_then(Value::as_array).into_iter().flatten();
    let code = |value: &Value| ErrorCode {
        code: docs::span(&text(value, "code").unwrap_or_default()),
        status: value
            .get("status")
            .and_then(Value::as_u64)
            .and_then(|status| u16::try_from(status).ok()),
        description: text(value, "description").map(|text| docs::sentence(&text)),
    };
    codes.map(code).collect()
}
