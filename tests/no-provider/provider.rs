//! A client with the feature `rustls-no-provider`, before and after there is a provider.

use alibabacloud_no_provider::SERVICE;
use alibabacloud_runtime::{Builder, Client, Credentials};

#[test]
fn a_client_says_that_there_is_no_provider_and_takes_one() {
    let build = || {
        Builder::<Client>::new(&SERVICE)
            .credentials(Credentials::new("id", "secret"))
            .build()
    };
    let error = build().expect_err("no provider");
    assert!(error.is_configuration());
    for says in ["rustls-no-provider", "install_default", "`reqwest`"] {
        assert!(error.to_string().contains(says), "no `{says}` in: {error}");
    }
    rustls::crypto::aws_lc_rs::default_provider()
        .install_default()
        .expect("the first one");
    build().expect("a client");
}
