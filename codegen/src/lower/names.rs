//! Names that the whole crate shares: types and client methods.

use super::Lower;
use crate::problem::Kind;
use crate::spec::Place;

/// Names that emitted files import or find in the prelude.
const TAKEN: &[&str] = &[
    "BTreeMap",
    "Box",
    "Builder",
    "Call",
    "Client",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Eq",
    "Err",
    "Error",
    "Field",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "Is",
    "Json",
    "MapAccess",
    "None",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "RateLimit",
    "Record",
    "Result",
    "RetryClass",
    "Serialize",
    "Serializer",
    "Service",
    "Some",
    "String",
    "Value",
    "Vec",
    "Visit",
];

/// Methods that the emitted client has besides its operations.
const METHODS: &[&str] = &["builder", "clone", "fmt", "from", "from_env", "into"];

impl Lower<'_> {
    /// Takes a type's name for the whole crate, so that any two may be imported together.
    pub(super) fn claim_type(&mut self, name: &str, place: &Place) {
        const HELP: &str =
            "give the operation, the field or the shared schema another name with `x-rust-name`";
        if TAKEN.contains(&name) {
            self.problem(
                place,
                Kind::Name,
                format!("a type can't be named `{name}`, which emitted code needs itself"),
                HELP,
            );
        } else if let Some(first) = self.types.insert(name.to_owned(), place.clone())
            && first != *place
        {
            let first = self.document.location(&first);
            self.problem(
                place,
                Kind::Name,
                format!(
                    "a second type named `{name}`; the first is made at {}:{}",
                    first.file, first.line
                ),
                HELP,
            );
        }
    }

    /// Takes the names of an operation: its method and the types that it always has.
    pub(super) fn claim_operation(&mut self, method: &str, prefix: &str, place: &Place) {
        if METHODS.contains(&method) {
            self.problem(
                place,
                Kind::Name,
                format!("`{method}` is a method of the client already"),
                "give the operation another name with `x-rust-name`",
            );
        } else if let Some(first) = self.methods.insert(method.to_owned(), place.clone()) {
            let first = self.document.location(&first);
            self.problem(
                place,
                Kind::Name,
                format!(
                    "a second method named `{method}`; the first is made at {}:{}",
                    first.file, first.line
                ),
                "give the operation another name with `x-rust-name`",
            );
            return;
        }
        for suffix in ["Request", "RequestBuilder", "Response"] {
            self.claim_type(&format!("{prefix}{suffix}"), place);
        }
    }
}
