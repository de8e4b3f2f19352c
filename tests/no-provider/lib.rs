//! The service that the tests call. CI runs them by themselves: `cargo test -p alibabacloud-no-provider
//! --features alone`, and with `alone,blocking`.

use alibabacloud_runtime::Service;

/// A service of no operations of its own.
pub static SERVICE: Service = Service::new(
    "Demo",
    "2020-01-01",
    "demo.{region}.example.com",
    "here",
    "demo/0",
);
