//! Schemas as the lowering reads them.

use std::borrow::Borrow;

use openapiv3::{
    AdditionalProperties, ReferenceOr, Schema as Object, SchemaData, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::document::pairs;
use super::{Document, Place};

/// A schema and where it stands.
#[derive(Clone)]
pub(crate) struct Schema<'d> {
    document: &'d Document,
    source: Source<'d>,
    pub(crate) place: Place,
}

#[derive(Clone, Copy)]
enum Source<'d> {
    Inline(&'d Object),
    Reference(&'d str),
}

/// A property of an object.
pub(crate) struct Property<'d> {
    pub(crate) name: &'d str,
    pub(crate) required: bool,
    pub(crate) schema: Schema<'d>,
}

/// What a schema says about the shape of its values.
pub(crate) enum Shape<'d> {
    Boolean,
    Integer {
        format: Option<&'d str>,
    },
    Number {
        format: Option<&'d str>,
    },
    /// Text; where values are listed, one of them as of today.
    String {
        format: Option<&'d str>,
        values: Vec<&'d str>,
    },
    List(Schema<'d>),
    /// A map to values of one schema, or to anything.
    Map(Option<Schema<'d>>),
    Object(Vec<Property<'d>>),
    Any,
    /// The shared schema of that name.
    Shared(String),
    /// Something that isn't carried, in a few words.
    Other(&'static str),
}

/// The bounds that a schema documents.
#[derive(Default)]
pub(crate) struct Limits {
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) pattern: Option<String>,
}

impl<'d> Schema<'d> {
    pub(super) fn new<S: Borrow<Object>>(
        document: &'d Document,
        schema: &'d ReferenceOr<S>,
        place: Place,
    ) -> Self {
        let source = match schema {
            ReferenceOr::Item(object) => Source::Inline(object.borrow()),
            ReferenceOr::Reference { reference } => Source::Reference(reference),
        };
        Self {
            document,
            source,
            place,
        }
    }

    /// What the schema says beside its shape; of an `allOf` with one element, that of both.
    fn layers(&self) -> Vec<&'d SchemaData> {
        let Source::Inline(object) = self.source else {
            return Vec::new();
        };
        let mut layers = vec![&object.schema_data];
        if let SchemaKind::AllOf { all_of } = &object.schema_kind
            && let [only] = all_of.as_slice()
        {
            layers.extend(self.child(only, self.place.clone()).layers());
        }
        layers
    }

    fn first<T>(&self, of: fn(&'d SchemaData) -> Option<T>) -> Option<T> {
        self.layers().into_iter().find_map(of)
    }

    pub(crate) fn description(&self) -> Option<&'d str> {
        self.first(|data| data.description.as_deref())
    }

    pub(crate) fn example(&self) -> Option<&'d Value> {
        self.first(|data| data.example.as_ref())
    }

    pub(crate) fn default(&self) -> Option<&'d Value> {
        self.first(|data| data.default.as_ref())
    }

    pub(crate) fn deprecated(&self) -> bool {
        self.layers().into_iter().any(|data| data.deprecated)
    }

    pub(crate) fn extensions(&self) -> Vec<(&'d str, &'d Value)> {
        let layers = self.layers().into_iter();
        layers.flat_map(|data| pairs(&data.extensions)).collect()
    }

    /// The properties of an object; none where the schema is none.
    pub(crate) fn properties(&self) -> Vec<Property<'d>> {
        match self.shape() {
            Shape::Object(properties) => properties,
            _ => Vec::new(),
        }
    }

    pub(crate) fn shape(&self) -> Shape<'d> {
        let object = match self.source {
            Source::Inline(object) => object,
            Source::Reference(reference) => return self.shared(reference),
        };
        match &object.schema_kind {
            SchemaKind::Type(ty) => self.typed(ty),
            SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                [only] => self.child(only, self.place.child("allOf").item(0)).shape(),
                _ => Shape::Other("`allOf` with several elements"),
            },
            SchemaKind::OneOf { .. } => Shape::Other("`oneOf`"),
            SchemaKind::AnyOf { .. } => Shape::Other("`anyOf`"),
            SchemaKind::Not { .. } => Shape::Other("`not`"),
            SchemaKind::Any(any) if *any == Default::default() => Shape::Any,
            SchemaKind::Any(_) => {
                Shape::Other("keywords without a `type`, or of another type than the declared one")
            }
        }
    }

    fn child(&self, schema: &'d ReferenceOr<Object>, place: Place) -> Self {
        Self::new(self.document, schema, place)
    }

    fn shared(&self, reference: &str) -> Shape<'d> {
        let resolved = self.document.loaded.resolve(&self.place.file, reference);
        let name = resolved
            .filter(|(file, _)| file == self.document.loaded.entry())
            .and_then(|(_, pointer)| {
                let name = pointer.strip_prefix("/components/schemas/")?;
                (!name.contains('/')).then(|| name.to_owned())
            });
        match name {
            Some(name) => Shape::Shared(name),
            None => Shape::Other("a `$ref` to anything but `#/components/schemas/…` of the entry"),
        }
    }

    fn typed(&self, ty: &'d Type) -> Shape<'d> {
        match ty {
            Type::Boolean(ty) if ty.enumeration.is_empty() => Shape::Boolean,
            Type::Integer(ty) if ty.enumeration.is_empty() => Shape::Integer {
                format: match &ty.format {
                    VariantOrUnknownOrEmpty::Item(openapiv3::IntegerFormat::Int32) => Some("int32"),
                    VariantOrUnknownOrEmpty::Item(openapiv3::IntegerFormat::Int64) => Some("int64"),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
                    VariantOrUnknownOrEmpty::Empty => None,
                },
            },
            Type::Number(ty) if ty.enumeration.is_empty() => Shape::Number {
                format: match &ty.format {
                    VariantOrUnknownOrEmpty::Item(openapiv3::NumberFormat::Float) => Some("float"),
                    VariantOrUnknownOrEmpty::Item(openapiv3::NumberFormat::Double) => {
                        Some("double")
                    }
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
                    VariantOrUnknownOrEmpty::Empty => None,
                },
            },
            Type::String(ty) => Shape::String {
                format: match &ty.format {
                    VariantOrUnknownOrEmpty::Item(format) => Some(text_format(format)),
                    VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
                    VariantOrUnknownOrEmpty::Empty => None,
                },
                values: ty
                    .enumeration
                    .iter()
                    .flatten()
                    .map(String::as_str)
                    .collect(),
            },
            Type::Array(array) => match &array.items {
                Some(items) => {
                    let place = self.place.child("items");
                    Shape::List(Self::new(self.document, items, place))
                }
                None => Shape::Other("a list without `items`"),
            },
            Type::Object(object) => self.object(object),
            Type::Boolean(_) | Type::Integer(_) | Type::Number(_) => {
                Shape::Other("`enum` of anything but strings")
            }
        }
    }

    fn object(&self, object: &'d openapiv3::ObjectType) -> Shape<'d> {
        let properties = self.place.child("properties");
        match &object.additional_properties {
            None | Some(AdditionalProperties::Any(false)) if object.properties.is_empty() => {
                Shape::Other("an object with neither `properties` nor `additionalProperties`")
            }
            None | Some(AdditionalProperties::Any(false)) => {
                let property =
                    |(name, schema): (&'d String, &'d ReferenceOr<Box<Object>>)| Property {
                        name,
                        required: object.required.contains(name),
                        schema: Self::new(self.document, schema, properties.child(name)),
                    };
                Shape::Object(object.properties.iter().map(property).collect())
            }
            Some(_) if !object.properties.is_empty() => {
                Shape::Other("`properties` beside `additionalProperties`")
            }
            Some(AdditionalProperties::Any(true)) => Shape::Map(None),
            Some(AdditionalProperties::Schema(schema)) => {
                let place = self.place.child("additionalProperties");
                Shape::Map(Some(self.child(schema, place)))
            }
        }
    }

    pub(crate) fn limits(&self) -> Limits {
        let Source::Inline(object) = self.source else {
            return Limits::default();
        };
        match &object.schema_kind {
            SchemaKind::Type(Type::Integer(ty)) => Limits {
                minimum: ty.minimum.map(|limit| limit.to_string()),
                maximum: ty.maximum.map(|limit| limit.to_string()),
                ..Limits::default()
            },
            SchemaKind::Type(Type::Number(ty)) => Limits {
                minimum: ty.minimum.map(|limit| limit.to_string()),
                maximum: ty.maximum.map(|limit| limit.to_string()),
                ..Limits::default()
            },
            SchemaKind::Type(Type::String(ty)) => Limits {
                min_length: ty.min_length,
                max_length: ty.max_length,
                pattern: ty.pattern.clone(),
                ..Limits::default()
            },
            SchemaKind::Type(Type::Array(ty)) => Limits {
                min_items: ty.min_items,
                max_items: ty.max_items,
                ..Limits::default()
            },
            _ => Limits::default(),
        }
    }
}

fn text_format(format: &openapiv3::StringFormat) -> &'static str {
    match format {
        openapiv3::StringFormat::Date => "date",
        openapiv3::StringFormat::DateTime => "date-time",
        openapiv3::StringFormat::Password => "password",
        openapiv3::StringFormat::Byte => "byte",
        openapiv3::StringFormat::Binary => "binary",
    }
}
