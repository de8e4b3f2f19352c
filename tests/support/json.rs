//! JSON in and out of values, by way of a text and of a value.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Reads what fits.
#[track_caller]
pub fn read<T: DeserializeOwned>(json: Json) -> T {
    let text = json.to_string();
    let _: T =
        serde_json::from_value(json).unwrap_or_else(|error| panic!("{text} as a value: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The error of reading what doesn't fit; the same from a text and from a value.
#[track_caller]
pub fn unread<T: DeserializeOwned>(json: Json) -> String {
    let text = json.to_string();
    let from_text = serde_json::from_str::<T>(&text)
        .err()
        .expect("it doesn't fit");
    let from_value = serde_json::from_value::<T>(json)
        .err()
        .expect("it doesn't fit");
    let (from_text, from_value) = (from_text.to_string(), from_value.to_string());
    assert!(
        from_text.starts_with(&from_value),
        "{from_text}, {from_value}"
    );
    from_value
}

/// Writes a value.
pub fn written(value: impl Serialize) -> Json {
    serde_json::to_value(value).expect("it can be written")
}
