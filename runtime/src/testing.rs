//! A transport that plays a script, to test code that makes calls: no socket, no server, no waiting.
//!
//! A [`Script`] holds the requests that are expected and what answers them. It sets a client up, counts
//! what comes, and tells in the end what didn't happen as it was written down:
//!
//! ```
//! # use alibabacloud_runtime::{Builder, Client, Credentials, Operation, Result};
//! use alibabacloud_runtime::testing::{Answer, Expected, Script};
//!
//! # fn example<O: Operation>(service: &'static alibabacloud_runtime::Service) -> Result<()> {
//! let script = Script::new();
//! script
//!     .expect(Expected::action("DeleteGroup").parameter("GroupId", "E39901"))
//!     .answer(Answer::throttled())
//!     .answer(Answer::success(serde_json::json!({"Result": 1})));
//!
//! let client: Client = script.prepare(Builder::new(service)).build()?;
//! // … the code under test calls, is throttled, and calls again at once …
//! # drop(client);
//! script.finish().expect("all went by the script");
//! # Ok(())
//! # }
//! ```
//!
//! - **What is expected** says an [`Expected`]: an operation by name or type, some of its parameters, a
//!   whole request, or any rule of yours. Expectations are met in their order, or
//!   [in any](Script::unordered). Whatever else is sent fails its call, with an error that isn't
//!   [retryable](crate::Error::is_retryable) and tells what came and what was expected.
//! - **What answers** is an [`Answer`]: a response as the service would send it, an error of the
//!   service or of its gateway, raw bytes, or a failure on the way.
//! - **Time** is the script's. Waits between attempts end at once and [are kept](Script::waits), and an
//!   answer that [takes its time](Answer::after) runs into timeouts without taking any.
//! - **What came** is kept too: [`Script::requests`] has each request, decoded, and
//!   [reads it back](Received::parse) into its type.
//!
//! All of it is settled in the first poll of a call. So it serves any executor and calls that block.
//!
//! # What reports show
//!
//! The report of a script shows the parameters that its expectations name, with the values that were
//! expected and that came, unless the [type](Expected::of) of the request says that they are personal or
//! secret. Of all others it shows the names. Keys, tokens and bodies are in no report and no `Debug`.

mod answer;
mod expected;
mod received;
mod script;
mod state;
mod time;
mod transport;

use std::fmt;

pub use answer::Answer;
pub use expected::{Expected, Times};
pub use received::Received;
pub use script::{Expectation, Script};
pub use time::ScriptTime;
pub use transport::ScriptTransport;

/// That something isn't as a test wants it, and what.
///
/// `Debug` shows the same text as `Display`, so that `unwrap` and `expect` print a report that can be
/// read.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch(String);

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}
