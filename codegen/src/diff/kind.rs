//! The kinds of change, and the version step that each forces.

use super::Step;

/// Declares the kinds: the name that a reader sees, the step, and what it means.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal, $step:ident;)*) => {
        /// The kind of a change: stable, short, searchable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl ChangeKind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The kind as it is printed, in kebab case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The version step that it forces where nothing else is said.
            pub fn step(self) -> Step {
                match self {
                    $(Self::$variant => Step::$step,)*
                }
            }
        }
    };
}

impl ChangeKind {
    /// Whether code that compiles as before may do something else.
    pub fn is_behaviour(self) -> bool {
        matches!(
            self,
            Self::Url
                | Self::WireName
                | Self::ValueText
                | Self::Place
                | Self::Pagination
                | Self::Retry
                | Self::Sensitivity
                | Self::Service
                | Self::RateLimit
        )
    }
}

kinds! {
    /// A group, with its module and its Cargo feature, is new.
    GroupAdded = "group-added", Minor;
    /// A group is gone.
    GroupRemoved = "group-removed", Major;
    /// An operation is new.
    OperationAdded = "operation-added", Minor;
    /// An operation is gone.
    OperationRemoved = "operation-removed", Major;
    /// An operation is gone, and a new one has its shape: probably the same under another name.
    OperationRenamed = "operation-renamed", Major;
    /// An operation is in another group.
    OperationMoved = "operation-moved", Major;
    /// The method of an operation has another name.
    MethodRenamed = "method-renamed", Major;
    /// Method or path of an operation's URL.
    Url = "url", Minor;
    /// A parameter or field is new; a required one is a major step.
    FieldAdded = "field-added", Minor;
    /// A parameter or field is gone.
    FieldRemoved = "field-removed", Major;
    /// A field has another name in Rust.
    FieldRenamed = "field-renamed", Major;
    /// A field has another name on the wire, and the same in Rust.
    WireName = "wire-name", Minor;
    /// A field has another type.
    Retyped = "retyped", Major;
    /// A type has another name or module.
    TypeRenamed = "type-renamed", Major;
    /// A parameter travels elsewhere: in the query or in the form, as text or as JSON.
    Place = "place", Minor;
    /// A parameter or field has become required.
    Required = "required", Major;
    /// A parameter or field has become optional.
    Optional = "optional", Major;
    /// A valid value is new.
    ValueAdded = "value-added", Minor;
    /// A valid value is gone.
    ValueRemoved = "value-removed", Major;
    /// The variant of a value has another name.
    ValueRenamed = "value-renamed", Major;
    /// A value is another text on the wire, and the same variant.
    ValueText = "value-text", Minor;
    /// Text has valid values, which makes an enum of it.
    ValuesListed = "values-listed", Major;
    /// What had valid values is any text.
    ValuesUnlisted = "values-unlisted", Major;
    /// An operation or a field shouldn't be used any more.
    Deprecated = "deprecated", Minor;
    /// What shouldn't be used any more may be again.
    Undeprecated = "undeprecated", Patch;
    /// The answers of an operation can be read from page to page.
    PaginationAdded = "pagination-added", Minor;
    /// They can't any more.
    PaginationRemoved = "pagination-removed", Major;
    /// The pages have items of another type.
    PaginationItem = "pagination-item", Major;
    /// The next page is asked for in another way.
    Pagination = "pagination", Minor;
    /// When an operation is repeated.
    Retry = "retry", Minor;
    /// What `Debug` and errors show of a field.
    Sensitivity = "sensitivity", Minor;
    /// Where requests go: host, region, product, version.
    Service = "service", Minor;
    /// Calls per second and account, which clients with `rate_limit` keep to.
    RateLimit = "rate-limit", Minor;
    /// What the service takes where nothing is sent.
    Default = "default", Patch;
    /// A bound on values, which is documented and not enforced.
    Limit = "limit", Patch;
    /// An example value.
    Example = "example", Patch;
    /// What the caller must be allowed to do.
    Ram = "ram", Patch;
    /// Documented error codes.
    Errors = "errors", Patch;
    /// Words.
    Docs = "docs", Patch;
    /// A public name changes or goes, and no other change says why.
    Name = "name", Major;
}
