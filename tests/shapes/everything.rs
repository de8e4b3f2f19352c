//! A record with every shape that `DeleteChatGroup` lacks, written as the generator would emit it.

use std::collections::BTreeMap;
use std::fmt;

use alibabacloud_cams::chat_groups::DeleteChatGroupChannelType;
use alibabacloud_runtime::model::{self, Field, Json, Record, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Clone, PartialEq)]
pub(crate) struct Everything {
    choices: Vec<DeleteChatGroupChannelType>,
    free: Option<Json>,
    inner: Option<Inner>,
    inners: Vec<Inner>,
    maps: BTreeMap<String, Vec<i32>>,
    names: BTreeMap<String, String>,
    nested: Vec<Vec<Option<String>>>,
    numbers: Vec<i64>,
    plain: Inner,
    ratio: Option<f64>,
    secret: Option<String>,
    secrets: Vec<String>,
    small: Option<i32>,
    weight: Option<f32>,
    words: BTreeMap<String, Inner>,
}

#[derive(Clone, PartialEq)]
pub(crate) struct Inner {
    id: String,
    label: Option<String>,
}

impl Record for Inner {
    const NAME: &'static str = "Inner";
    const FIELDS: &'static [Field] = &[
        Field::member("id", "Id").required(),
        Field::member("label", "Label").personal(),
    ];

    fn blank() -> Self {
        Self {
            id: String::new(),
            label: None,
        }
    }

    fn get(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.id,
            _ => &self.label,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.id,
            _ => &mut self.label,
        }
    }
}

impl Record for Everything {
    const NAME: &'static str = "Everything";
    const FIELDS: &'static [Field] = &[
        Field::member("choices", "Choices"),
        Field::member("free", "Free"),
        Field::member("inner", "Inner"),
        Field::member("inners", "Inners"),
        Field::member("maps", "Maps"),
        Field::member("names", "Names"),
        Field::member("nested", "Nested"),
        Field::member("numbers", "Numbers"),
        Field::member("plain", "Plain"),
        Field::member("ratio", "Ratio"),
        Field::member("secret", "Secret").secret(),
        Field::member("secrets", "Secrets").secret(),
        Field::member("small", "Small"),
        Field::member("weight", "Weight"),
        Field::member("words", "Words"),
    ];

    fn blank() -> Self {
        Self {
            choices: Vec::new(),
            free: None,
            inner: None,
            inners: Vec::new(),
            maps: BTreeMap::new(),
            names: BTreeMap::new(),
            nested: Vec::new(),
            numbers: Vec::new(),
            plain: Inner::blank(),
            ratio: None,
            secret: None,
            secrets: Vec::new(),
            small: None,
            weight: None,
            words: BTreeMap::new(),
        }
    }

    fn get(&self, index: usize) -> &dyn Value {
        match index {
            0 => &self.choices,
            1 => &self.free,
            2 => &self.inner,
            3 => &self.inners,
            4 => &self.maps,
            5 => &self.names,
            6 => &self.nested,
            7 => &self.numbers,
            8 => &self.plain,
            9 => &self.ratio,
            10 => &self.secret,
            11 => &self.secrets,
            12 => &self.small,
            13 => &self.weight,
            _ => &self.words,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.choices,
            1 => &mut self.free,
            2 => &mut self.inner,
            3 => &mut self.inners,
            4 => &mut self.maps,
            5 => &mut self.names,
            6 => &mut self.nested,
            7 => &mut self.numbers,
            8 => &mut self.plain,
            9 => &mut self.ratio,
            10 => &mut self.secret,
            11 => &mut self.secrets,
            12 => &mut self.small,
            13 => &mut self.weight,
            _ => &mut self.words,
        }
    }
}

macro_rules! records {
    ($($record:ident)*) => {$(
        impl fmt::Debug for $record {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                model::debug(self, f)
            }
        }

        impl Serialize for $record {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                model::serialize(self, to)
            }
        }

        impl<'de> Deserialize<'de> for $record {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                model::deserialize(from)
            }
        }
    )*};
}

records!(Everything Inner);
