//! A request's fields as the parameters that travel.

use std::borrow::Cow;
use std::fmt;

use super::write::Written;
use super::{Fields, Place, Value, View};

/// A name and its value, neither of them encoded.
pub type Parameter<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Names and values in the order of the fields. Texts are those of the request, not copies.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters<'a> {
    /// What goes into the query.
    pub query: Vec<Parameter<'a>>,
    /// What goes into the form body.
    pub form: Vec<Parameter<'a>>,
}

impl fmt::Debug for Parameters<'_> {
    /// Shows names only: values may be secrets or phone numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[Parameter<'_>]| -> Vec<String> {
            pairs.iter().map(|(name, _)| name.to_string()).collect()
        };
        f.debug_struct("Parameters")
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .finish()
    }
}

/// The parameters of a request: absent fields are left out, empty strings are not.
///
/// # Errors
///
/// When a value can't be written as JSON, which no generated type brings about.
pub fn parameters(request: &dyn Fields) -> Result<Parameters<'_>, serde_json::Error> {
    let mut parameters = Parameters::default();
    // Most requests send a few of many fields.
    let few = request.fields().len().min(16);
    for (field, value) in request.each() {
        let to = match field.place {
            Place::Form | Place::FormJson => &mut parameters.form,
            Place::Query | Place::QueryJson | Place::Member => &mut parameters.query,
        };
        if let Some(text) = parameter(value)? {
            if to.is_empty() {
                to.reserve(few);
            }
            to.push((Cow::Borrowed(field.wire), text));
        }
    }
    Ok(parameters)
}

/// A scalar as its text, anything else as compact JSON.
fn parameter(value: &dyn Value) -> Result<Option<Cow<'_, str>>, serde_json::Error> {
    Ok(Some(match value.view() {
        View::Absent => return Ok(None),
        View::Boolean(value) => Cow::Owned(value.to_string()),
        View::Integer(value) => Cow::Owned(value.to_string()),
        View::Float(value) => Cow::Owned(value.to_string()),
        View::Text(value) => Cow::Borrowed(value),
        View::Json(_) | View::List(_) | View::Map(_) | View::Record(_) => {
            Cow::Owned(serde_json::to_string(&Written(value))?)
        }
    }))
}
