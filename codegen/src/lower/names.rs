//! Names that the whole crate shares: types and client methods.

use super::Lower;
use crate::model::Direction;
use crate::problem::Code;
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
    "None",
    "Ok",
    "Operation",
    "Option",
    "Paginated",
    "Pagination",
    "PartialEq",
    "RateLimit",
    "Record",
    "Result",
    "RetryClass",
    "Scalar",
    "Serialize",
    "Serializer",
    "Service",
    "Some",
    "String",
    "Unfit",
    "Value",
    "Vec",
    "View",
];

/// Modules and re-exports of the crate's root besides the groups, and names that Cargo gives a
/// meaning to.
const MODULES: &[&str] = &[
    "alibabacloud_runtime",
    "bin",
    "build",
    "client",
    "core",
    "lib",
    "main",
    "mod",
    "required",
    "runtime",
    "serde",
    "std",
    "types",
];

/// Features of a generated crate besides its groups.
pub const FEATURES: &[&str] = &[
    "blocking",
    "default",
    "full",
    "native-tls",
    "reqwest",
    "rustls-no-provider",
    "testing",
    "tracing",
];

/// Methods that the emitted client has besides its operations.
const METHODS: &[&str] = &[
    "builder", "call", "clone", "fmt", "from", "from_env", "into", "mod", "new",
];

impl Lower<'_> {
    /// Takes a type's name for the whole crate, so that any two may be imported together.
    pub(super) fn claim_type(&mut self, name: &str, place: &Place) {
        const HELP: &str =
            "give the operation, the field or the shared schema another name with `x-rust-name`";
        // What has no lower-case letter could be taken for a builder's const parameter.
        if TAKEN.contains(&name) || !name.contains(|c: char| c.is_ascii_lowercase()) {
            self.problem(
                place,
                Code::RESERVED_NAME,
                format!("a type can't be named `{name}`, which emitted code needs itself"),
                HELP,
            );
        } else if let Some(first) = self.types.insert(name.to_owned(), place.clone())
            && first != *place
        {
            let first = self.document.location(&first);
            self.problem(
                place,
                Code::NAME_COLLISION,
                format!(
                    "a second type named `{name}`; the first is made at {}:{}",
                    first.file, first.line
                ),
                HELP,
            );
        }
    }

    /// Takes a record's name, and its builder's where it has one.
    pub(super) fn claim_record(&mut self, name: &str, direction: Direction, place: &Place) {
        self.claim_type(name, place);
        if direction == Direction::Input {
            self.claim_type(&format!("{name}Builder"), place);
        }
    }

    /// Takes the names of a group: its module, which makes its files, and its feature.
    pub(super) fn claim_group(&mut self, module: &str, feature: &str, place: &Place) {
        let taken = if MODULES.contains(&module) || FEATURES.contains(&feature) {
            Some("the crate itself".to_owned())
        } else {
            let first = self.modules.insert(module.to_owned(), place.clone());
            first.map(|first| format!("the tag in line {}", self.document.location(&first).line))
        };
        if let Some(taken) = taken {
            self.problem(
                place,
                Code::NAME_COLLISION,
                format!("the tag would be the module `{module}` and the feature `{feature}`, taken by {taken}"),
                "rename the tag",
            );
        }
    }

    /// Takes the module of a shared type.
    pub(super) fn claim_shared_module(&mut self, module: &str, place: &Place) {
        let key = format!("types/{module}");
        let first = self.modules.insert(key, place.clone());
        if module == "mod" || first.is_some() {
            self.problem(
                place,
                Code::NAME_COLLISION,
                format!("the file `types/{module}.rs` is taken"),
                "give the shared schema another name with `x-rust-name`",
            );
        }
    }

    /// Takes the names of an operation: its method and the types that it always has.
    pub(super) fn claim_operation(&mut self, method: &str, prefix: &str, place: &Place) {
        if METHODS.contains(&method) {
            self.problem(
                place,
                Code::RESERVED_NAME,
                format!("an operation can't be named `{method}`, which the client or its folder has already"),
                "give the operation another name with `x-rust-name`",
            );
        } else if let Some(first) = self.methods.insert(method.to_owned(), place.clone()) {
            let first = self.document.location(&first);
            self.problem(
                place,
                Code::NAME_COLLISION,
                format!(
                    "a second method named `{method}`; the first is made at {}:{}",
                    first.file, first.line
                ),
                "give the operation another name with `x-rust-name`",
            );
            return;
        }
        self.claim_record(&format!("{prefix}Request"), Direction::Input, place);
        self.claim_record(&format!("{prefix}Response"), Direction::Output, place);
    }
}
