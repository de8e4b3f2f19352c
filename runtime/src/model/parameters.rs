//! A request's fields as the parameters that travel.

use std::borrow::Cow;
use std::fmt;

use super::write::Written;
use super::{Fields, Place, Value, View};

/// Names and values, decoded, in the order of the fields.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    /// What goes into the query.
    pub query: Vec<(Cow<'static, str>, String)>,
    /// What goes into the form body.
    pub form: Vec<(Cow<'static, str>, String)>,
}

impl fmt::Debug for Parameters {
    /// Shows names only: values may be secrets or phone numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(Cow<'static, str>, String)]| -> Vec<String> {
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
pub fn parameters(request: &dyn Fields) -> Result<Parameters, serde_json::Error> {
    let mut parameters = Parameters::default();
    for (field, value) in request.each() {
        let to = match field.place {
            Place::Form | Place::FormJson => &mut parameters.form,
            Place::Query | Place::QueryJson | Place::Member => &mut parameters.query,
        };
        if let Some(text) = parameter(value)? {
            to.push((Cow::Borrowed(field.wire), text));
        }
    }
    Ok(parameters)
}

/// A scalar as its text, anything else as compact JSON.
fn parameter(value: &dyn Value) -> Result<Option<String>, serde_json::Error> {
    Ok(Some(match value.view() {
        View::Absent => return Ok(None),
        View::Boolean(value) => value.to_string(),
        View::Integer(value) => value.to_string(),
        View::Float(value) => value.to_string(),
        View::Text(value) => value.to_owned(),
        View::Json(_) | View::List(_) | View::Map(_) | View::Record(_) => {
            serde_json::to_string(&Written(value))?
        }
    }))
}
