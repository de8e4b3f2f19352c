//! What emitted types rest on: tables of fields, and one implementation of serde, `Debug` and
//! parameter encoding for all of them.
//!
//! An emitted type lists its fields and hands them out one by one ([`Record`]); everything that is
//! done with them is done here, through trait objects, once. Derives of serde would cost a
//! generated crate more compile time than all else in it, and generic code would be compiled anew
//! for each of its types.

mod containers;
mod debug;
mod declare;
mod parameters;
mod read;
mod record;
mod scalars;
mod value;
mod write;

pub use debug::debug;
#[doc(hidden)]
pub use declare::__deserialize;
pub use declare::{open_enum, record};
pub use parameters::{Parameter, Parameters, parameters};
pub use read::deserialize;
pub use record::{Field, Fields, Is, Place, Record, Sensitivity};
pub use scalars::text;
pub use value::{List, Map, Open, Scalar, Unfit, Value, View};
pub use write::serialize;
pub(crate) use write::write_json;

/// The macros name it, so that a generated crate needs no version of its own.
#[doc(hidden)]
pub use serde;

/// JSON of no declared shape.
pub use serde_json::Value as Json;
