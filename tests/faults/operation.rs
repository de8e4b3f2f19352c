//! What is called: an operation that says which call it belongs to, and carries a load.

use alibabacloud_runtime::model::{Field, Record, Value};
use alibabacloud_runtime::{Operation, RetryClass, Service};
use cams_tests::act::SERVICE;

/// An operation of class `send`, or of class `read`.
#[derive(Debug)]
pub(crate) struct Carry<const READ: bool> {
    pub(crate) id: String,
    pub(crate) load: String,
}

impl<const READ: bool> Record for Carry<READ> {
    const NAME: &'static str = "Carry";
    const FIELDS: &'static [Field] = &[Field::query("id", "Id"), Field::form("load", "Load")];

    fn blank() -> Self {
        Self {
            id: String::new(),
            load: String::new(),
        }
    }

    fn get(&self, index: usize) -> &dyn Value {
        [&self.id, &self.load][index]
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn Value {
        match index {
            0 => &mut self.id,
            _ => &mut self.load,
        }
    }
}

impl<const READ: bool> Operation for Carry<READ> {
    type Response = serde_json::Value;
    const SERVICE: &'static Service = &SERVICE;
    const ACTION: &'static str = "Carry";
    const RETRY: RetryClass = if READ {
        RetryClass::Read
    } else {
        RetryClass::Send
    };
}
