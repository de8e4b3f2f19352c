//! An operation that is made up, in both retry classes.

use alibabacloud_runtime::model::{Field, Record, Value};
use alibabacloud_runtime::{Operation, RetryClass, Service};
use serde::de::IgnoredAny;

/// The service that it belongs to.
pub static SERVICE: Service = Service::new(
    "Demo",
    "2020-01-01",
    "demo.{region}.example.com",
    "here",
    "demo/0",
);

/// An operation of class `send`, or of class `read`.
#[derive(Debug)]
pub struct Act<const READ: bool>(String);

impl<const READ: bool> Record for Act<READ> {
    const NAME: &'static str = "Act";
    const FIELDS: &'static [Field] = &[Field::query("phone", "Phone")];

    fn blank() -> Self {
        Self("8613800001111".to_owned())
    }

    fn get(&self, _: usize) -> &dyn Value {
        &self.0
    }

    fn get_mut(&mut self, _: usize) -> &mut dyn Value {
        &mut self.0
    }
}

impl<const READ: bool> Operation for Act<READ> {
    type Response = IgnoredAny;
    const SERVICE: &'static Service = &SERVICE;
    const ACTION: &'static str = "Act";
    const RETRY: RetryClass = if READ {
        RetryClass::Read
    } else {
        RetryClass::Send
    };
}
