//! Picking the envelope's fields out of a body, without a look at the rest.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The fields of an answer that tell how it went. Null and empty text count as absent.
#[derive(Default)]
pub(crate) struct Envelope {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) access_denied_detail: Option<Value>,
    pub(crate) recommend: Option<String>,
    pub(crate) host_id: Option<String>,
}

/// The code alone, which is all that is asked of an answer of success.
pub(super) struct Code(pub(super) Option<String>);

/// A body that is JSON: if it is an object, what is wanted of it.
pub(super) enum Body<T> {
    Object(T),
    Other(&'static str),
}

/// What is picked out of an object.
pub(super) trait Picked: Sized {
    fn pick<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error>;
}

impl<'de, T: Picked> Deserialize<'de> for Body<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);

        impl<'de, T: Picked> Visitor<'de> for Read<T> {
            type Value = Body<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Body<T>, A::Error> {
                T::pick(members).map(Body::Object)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Body<T>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Body::Other("a list"))
            }

            fn visit_unit<E>(self) -> Result<Body<T>, E> {
                Ok(Body::Other("null"))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Body<T>, E> {
                Ok(Body::Other("a boolean"))
            }

            fn visit_u64<E>(self, _: u64) -> Result<Body<T>, E> {
                Ok(Body::Other("a number"))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Body<T>, E> {
                Ok(Body::Other("a number"))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Body<T>, E> {
                Ok(Body::Other("a number"))
            }

            fn visit_str<E>(self, _: &str) -> Result<Body<T>, E> {
                Ok(Body::Other("a string"))
            }
        }

        from.deserialize_any(Read(PhantomData))
    }
}

impl Picked for Code {
    fn pick<'de, A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut code, mut lower) = (None, None);
        while let Some(name) = members.next_key::<Name>()? {
            match name {
                Name::Code => code = members.next_value::<Text>()?.0,
                Name::LowerCode => lower = members.next_value::<Text>()?.0,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Self(code.or(lower)))
    }
}

impl Picked for Envelope {
    fn pick<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut envelope = Envelope::default();
        // Some gateways write the names in lower case. They count only where the usual ones are absent.
        let mut lower = Envelope::default();
        while let Some(name) = map.next_key::<Name>()? {
            match name {
                Name::Code => envelope.code = map.next_value::<Text>()?.0,
                Name::Message => envelope.message = map.next_value::<Text>()?.0,
                Name::RequestId => envelope.request_id = map.next_value::<Text>()?.0,
                Name::Recommend => envelope.recommend = map.next_value::<Text>()?.0,
                Name::HostId => envelope.host_id = map.next_value::<Text>()?.0,
                Name::AccessDeniedDetail => envelope.access_denied_detail = map.next_value()?,
                Name::LowerCode => lower.code = map.next_value::<Text>()?.0,
                Name::LowerMessage => lower.message = map.next_value::<Text>()?.0,
                Name::LowerRequestId => lower.request_id = map.next_value::<Text>()?.0,
                Name::LowerDetail => lower.access_denied_detail = map.next_value()?,
                Name::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        envelope.code = envelope.code.or(lower.code);
        envelope.message = envelope.message.or(lower.message);
        envelope.request_id = envelope.request_id.or(lower.request_id);
        envelope.access_denied_detail =
            envelope.access_denied_detail.or(lower.access_denied_detail);
        Ok(envelope)
    }
}

enum Name {
    Code,
    Message,
    RequestId,
    Recommend,
    HostId,
    AccessDeniedDetail,
    LowerCode,
    LowerMessage,
    LowerRequestId,
    LowerDetail,
    Other,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(match name {
                    "Code" => Name::Code,
                    "Message" => Name::Message,
                    "RequestId" => Name::RequestId,
                    "Recommend" => Name::Recommend,
                    "HostId" => Name::HostId,
                    "AccessDeniedDetail" => Name::AccessDeniedDetail,
                    "code" => Name::LowerCode,
                    "message" => Name::LowerMessage,
                    "requestId" => Name::LowerRequestId,
                    "accessDeniedDetail" => Name::LowerDetail,
                    _ => Name::Other,
                })
            }
        }

        from.deserialize_identifier(Read)
    }
}

/// A text that may have been sent as a number. Anything else is as good as absent here: an answer
/// is not unreadable because its envelope is odd.
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(from)? {
            Value::String(text) => (!text.is_empty()).then_some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }))
    }
}
