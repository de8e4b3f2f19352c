//! Operations as the lowering reads them.

use openapiv3::{
    MediaType, Operation as Object, Parameter as ParameterObject, ParameterData,
    ParameterSchemaOrContent, ReferenceOr, StatusCode,
};
use serde_json::Value;

use super::document::pairs;
use super::{Document, Place, Property, Schema};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// An operation and where it stands.
pub(crate) struct Operation<'d> {
    document: &'d Document,
    object: &'d Object,
    pub(crate) path: &'d str,
    pub(crate) method: String,
    pub(crate) place: Place,
}

/// One parameter, or one field of a form body.
pub(crate) struct Parameter<'d> {
    pub(crate) name: &'d str,
    pub(crate) location: ParameterLocation,
    /// Whether it is sent as JSON.
    pub(crate) json: bool,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) description: Option<&'d str>,
    pub(crate) example: Option<&'d Value>,
    pub(crate) schema: Schema<'d>,
    pub(crate) place: Place,
    pub(crate) extensions: Vec<(&'d str, &'d Value)>,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Query,
    Form,
    Path,
    Header,
    Cookie,
}

impl<'d> Operation<'d> {
    pub(super) fn new(
        document: &'d Document,
        object: &'d Object,
        path: &'d str,
        method: &str,
        place: Place,
    ) -> Self {
        Self {
            document,
            object,
            path,
            method: method.to_owned(),
            place,
        }
    }

    pub(crate) fn id(&self) -> Option<&'d str> {
        self.object.operation_id.as_deref()
    }

    pub(crate) fn summary(&self) -> Option<&'d str> {
        self.object.summary.as_deref()
    }

    pub(crate) fn description(&self) -> Option<&'d str> {
        self.object.description.as_deref()
    }

    pub(crate) fn documentation(&self) -> Option<&'d str> {
        self.object
            .external_docs
            .as_ref()
            .map(|docs| docs.url.as_str())
    }

    pub(crate) fn tags(&self) -> &'d [String] {
        &self.object.tags
    }

    pub(crate) fn deprecated(&self) -> bool {
        self.object.deprecated
    }

    pub(crate) fn extension(&self, name: &str) -> Option<&'d Value> {
        self.object.extensions.get(name)
    }

    /// Parameters and form fields.
    pub(crate) fn parameters(&self) -> Vec<Parameter<'d>> {
        let place = self.place.child("parameters");
        let listed = self.object.parameters.iter().enumerate();
        let mut parameters: Vec<_> = listed
            .filter_map(|(index, parameter)| self.parameter(parameter, place.item(index)))
            .collect();
        parameters.extend(self.form());
        parameters
    }

    fn parameter(
        &self,
        parameter: &'d ReferenceOr<ParameterObject>,
        place: Place,
    ) -> Option<Parameter<'d>> {
        let (parameter, place) =
            self.document
                .follow(parameter, place, "parameters", |components| {
                    &components.parameters
                })?;
        let location = match parameter {
            ParameterObject::Query { .. } => ParameterLocation::Query,
            ParameterObject::Header { .. } => ParameterLocation::Header,
            ParameterObject::Path { .. } => ParameterLocation::Path,
            ParameterObject::Cookie { .. } => ParameterLocation::Cookie,
        };
        let data = parameter.parameter_data_ref();
        let (schema, schema_place, json) = schema_of(data, &place)?;
        Some(Parameter {
            name: &data.name,
            location,
            json,
            required: data.required,
            deprecated: data.deprecated.unwrap_or_default(),
            description: data.description.as_deref(),
            example: example_of(data),
            schema: Schema::new(self.document, schema, schema_place),
            place,
            extensions: pairs(&data.extensions),
        })
    }

    /// The form body and the place of its media type.
    fn form_body(&self) -> Option<(&'d MediaType, Place)> {
        let place = self.place.child("requestBody");
        let body = self.object.request_body.as_ref()?;
        let (body, place) = self
            .document
            .follow(body, place, "requestBodies", |components| {
                &components.request_bodies
            })?;
        Some((body.content.get(FORM)?, place.child("content").child(FORM)))
    }

    /// The schema of the form body.
    pub(crate) fn form_schema(&self) -> Option<Schema<'d>> {
        let (form, place) = self.form_body()?;
        let schema = form.schema.as_ref()?;
        Some(Schema::new(self.document, schema, place.child("schema")))
    }

    /// What the encodings of the form name: field, media type, place.
    pub(crate) fn encodings(&self) -> Vec<(&'d str, Option<&'d str>, Place)> {
        let Some((form, place)) = self.form_body() else {
            return Vec::new();
        };
        let place = place.child("encoding");
        let encodings = form.encoding.iter();
        encodings
            .map(|(name, encoding)| {
                let media_type = encoding.content_type.as_deref();
                (name.as_str(), media_type, place.child(name))
            })
            .collect()
    }

    /// The fields of a form body.
    fn form(&self) -> Vec<Parameter<'d>> {
        let (Some((form, _)), Some(schema)) = (self.form_body(), self.form_schema()) else {
            return Vec::new();
        };
        let fields = schema.properties();
        let field = |property: Property<'d>| Parameter {
            name: property.name,
            location: ParameterLocation::Form,
            json: is_json(form, property.name),
            required: property.required,
            deprecated: property.schema.deprecated(),
            description: None,
            example: None,
            place: property.schema.place.clone(),
            extensions: property.schema.extensions(),
            schema: property.schema,
        };
        fields.into_iter().map(field).collect()
    }

    /// The schema of the answer: JSON, under 200.
    pub(crate) fn response(&self) -> Option<Schema<'d>> {
        let place = self.place.child("responses").child("200");
        let responses = &self.object.responses.responses;
        let response = responses.get(&StatusCode::Code(200))?;
        let (response, place) =
            self.document
                .follow(response, place, "responses", |components| {
                    &components.responses
                })?;
        let schema = response.content.get(JSON)?.schema.as_ref()?;
        let place = place.child("content").child(JSON).child("schema");
        Some(Schema::new(self.document, schema, place))
    }
}

/// The schema of a parameter, where it stands, and whether the parameter is sent as JSON.
fn schema_of<'d>(
    data: &'d ParameterData,
    place: &Place,
) -> Option<(&'d ReferenceOr<openapiv3::Schema>, Place, bool)> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some((schema, place.child("schema"), false)),
        ParameterSchemaOrContent::Content(content) => {
            let (name, media) = content.first()?;
            let place = place.child("content").child(name).child("schema");
            Some((media.schema.as_ref()?, place, true))
        }
    }
}

/// What is sent as JSON has its example beside the schema.
fn example_of(data: &ParameterData) -> Option<&Value> {
    match &data.format {
        ParameterSchemaOrContent::Schema(_) => data.example.as_ref(),
        ParameterSchemaOrContent::Content(content) => content.first()?.1.example.as_ref(),
    }
}

/// Whether a form field is sent as JSON.
fn is_json(form: &MediaType, field: &str) -> bool {
    let encoding = form.encoding.get(field);
    encoding.is_some_and(|encoding| encoding.content_type.as_deref() == Some(JSON))
}
