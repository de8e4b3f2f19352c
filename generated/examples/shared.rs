//! What the examples share: where to call, and how a program ends.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use alibabacloud_cams::runtime::credentials::{ProvideCredentials, Providers};
use alibabacloud_cams::{Builder, Client};
use clap::Args;

/// The result of an example.
pub(crate) type Done = Result<(), Box<dyn Error>>;

/// The flags that every example has.
#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct Connection {
    /// Region whose endpoint is called [default: ap-southeast-1]
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Server to call instead, as in http://127.0.0.1:8080; plain http is allowed here
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
}

impl Connection {
    /// A client with the keys of the default chain. It is asked once right away: that there are no
    /// keys is better known before the first call than at each.
    #[allow(dead_code, reason = "without an async runtime, the first call tells")]
    pub(crate) async fn client(self) -> Result<Client, alibabacloud_cams::Error> {
        let keys = Providers::from_env().default_chain();
        keys.provide().await?;
        self.builder().credentials(keys).build()
    }

    /// A client to be built, with the keys of the default chain.
    pub(crate) fn builder(self) -> Builder<Client> {
        let mut builder = Client::builder().user_agent("cams-examples");
        if let Some(region) = self.region {
            builder = builder.region(region);
        }
        if let Some(endpoint) = self.endpoint {
            builder = builder.endpoint(endpoint).allow_http(true);
        }
        builder
    }
}

/// Tells what went wrong, if anything did, down to its first cause.
pub(crate) fn end(done: Done) -> ExitCode {
    let Err(error) = done else {
        return ExitCode::SUCCESS;
    };
    let _ = writeln!(io::stderr(), "error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = writeln!(io::stderr(), "  because: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
