//! An operation of a service that is made up, written as the generator would emit it.

use alibabacloud_runtime::model::{Field, Record, Value as FieldValue};
use alibabacloud_runtime::{Operation, RetryClass, Service};
use serde_json::Value;

/// An operation with a form, until the description has one.
#[derive(Debug)]
pub struct Formal {
    /// Sent in the form.
    pub code: String,
    /// Sent in the form.
    pub phone: String,
    /// Sent in the query.
    pub page: i64,
}

impl Record for Formal {
    const NAME: &'static str = "Formal";
    const FIELDS: &'static [Field] = &[
        Field::form("code", "Code"),
        Field::query("page", "Page"),
        Field::form("phone", "Phone"),
    ];

    fn blank() -> Self {
        Self {
            code: String::new(),
            phone: String::new(),
            page: 0,
        }
    }

    fn get(&self, index: usize) -> &dyn FieldValue {
        match index {
            0 => &self.code,
            1 => &self.page,
            _ => &self.phone,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn FieldValue {
        match index {
            0 => &mut self.code,
            1 => &mut self.page,
            _ => &mut self.phone,
        }
    }
}

/// Its service.
pub static SERVICE: Service = Service::new(
    "Demo",
    "2020-01-01",
    "demo.{region}.example.com",
    "here",
    "",
);

impl Operation for Formal {
    type Response = Value;
    const SERVICE: &'static Service = &SERVICE;
    const ACTION: &'static str = "Formal";
    const RETRY: RetryClass = RetryClass::Send;
}
