//! What follows from a declaration, so that emitted code doesn't repeat it some hundred times.

/// What follows from a type's being a [`Record`](crate::model::Record): `Debug` and both directions
/// of serde, and `Default` where that is asked for with `record!(Type, Default)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($name:ident, Default) => {
        $crate::model::record!($name);

        impl ::core::default::Default for $name {
            fn default() -> Self {
                $crate::model::Record::blank()
            }
        }
    };
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::model::debug(self, f)
            }
        }

        impl $crate::model::serde::Serialize for $name {
            fn serialize<S: $crate::model::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::serialize(self, to)
            }
        }

        $crate::model::__deserialize!($name);
    };
}

/// What follows from an enum's having `as_str` and `From<&str>`: the way through all of the data
/// model. It needs a variant `Unlisted(String)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident) => {
        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::model::Value for $name {
            fn initial() -> Self {
                Self::Unlisted(::std::string::String::new())
            }

            fn view(&self) -> $crate::model::View<'_> {
                $crate::model::View::Text(self.as_str())
            }

            fn expected(&self) -> &'static str {
                "a string"
            }

            fn set(
                &mut self,
                scalar: $crate::model::Scalar<'_>,
            ) -> ::core::result::Result<(), $crate::model::Unfit> {
                $crate::model::text(self, scalar)
            }
        }

        impl $crate::model::serde::Serialize for $name {
            fn serialize<S: $crate::model::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        $crate::model::__deserialize!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __deserialize {
    ($name:ident) => {
        impl<'de> $crate::model::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::model::serde::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::model::deserialize(from)
            }
        }
    };
}

#[doc(hidden)]
pub use crate::__deserialize;
#[doc(inline)]
pub use crate::{__open_enum as open_enum, __record as record};
