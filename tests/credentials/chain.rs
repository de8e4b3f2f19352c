//! The default chain: its order, what it keeps to, and what it says when it fails.

use alibabacloud_runtime::credentials::{Credentials, ProvideCredentials};
use alibabacloud_runtime::model::Record;
use alibabacloud_runtime::{BoxFuture, Builder, Client, Result};
use cams_tests::act::{Act, SERVICE};
use cams_tests::client::{OK, bounded};
use cams_tests::server::{Answer, Server};
use cams_tests::signature;

use crate::home::{HUSH, Home, keys, refusal};

const ID: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID";
const SECRET: &str = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

fn config(id: &str) -> String {
    format!(
        r#"{{"profiles": [{{"name": "default", "mode": "AK", "access_key_id": "{id}",
        "access_key_secret": "s"}}]}}"#
    )
}

#[tokio::test]
async fn the_first_source_that_has_keys_is_used_and_named() {
    let home = Home::new();
    home.write(
        ".alibabacloud/credentials",
        "[default]\ntype=access_key\naccess_key_id=ini\naccess_key_secret=s\n",
    );
    let chain = home.providers().default_chain();
    assert_eq!(chain.name(), "default");
    assert_eq!(keys(&chain).await, "ini s");
    assert_eq!(chain.name(), "default/profile");

    home.config(&config("cli"));
    let chain = home.providers().default_chain();
    assert_eq!(keys(&chain).await, "cli s");
    assert_eq!(chain.name(), "default/cli_profile");

    let home = home.set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "True");
    assert_eq!(keys(&home.providers().default_chain()).await, "ini s");

    let home = home.set(ID, "env").set(SECRET, "s");
    let chain = home.providers().default_chain();
    assert_eq!(keys(&chain).await, "env s");
    assert_eq!(chain.name(), "default/environment");
}

#[tokio::test]
async fn a_failing_chain_says_why_of_each_source_and_remembers_nothing() {
    let home = Home::new().set(ID, HUSH);
    home.config(&config("").replace("\"s\"", &format!("\"{HUSH}\"")));
    let chain = home.providers().default_chain();
    let why = refusal(&chain).await;
    for part in [
        "environment: ALIBABA_CLOUD_ACCESS_KEY_ID is set without ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "cli_profile: the profile `default` (mode AK) in ",
        "lacks the text `access_key_id`",
        "profile: there is no file ",
    ] {
        assert!(why.contains(part), "{part}: {why}");
    }
    assert_eq!(chain.name(), "default");
    home.config(&config("mended"));
    assert_eq!(keys(&chain).await, "mended s");
}

#[tokio::test]
async fn what_can_be_no_key_is_passed_over() {
    let home = Home::new();
    home.config(&config(&format!("{HUSH} ")));
    let why = refusal(&home.providers().default_chain()).await;
    assert!(
        why.contains("cli_profile: the access key ID holds"),
        "{why}"
    );
}

#[tokio::test]
async fn what_the_chain_keeps_to_is_not_left_when_it_fails() {
    let home = Home::new();
    home.config(&config("cli"));
    home.write(
        ".alibabacloud/credentials",
        "[default]\ntype=access_key\naccess_key_id=ini\naccess_key_secret=s\n",
    );
    let chain = home.providers().default_chain();
    assert_eq!(keys(&chain).await, "cli s");
    home.config("{");
    home.clock.forward(6);
    // Keys without an end are good as long as there are no others.
    assert_eq!(keys(&chain).await, "cli s");
    home.config(&config("new"));
    assert_eq!(keys(&chain).await, "cli s");
    home.clock.forward(2);
    assert_eq!(keys(&chain).await, "new s");
}

/// Under a name of an application's own.
#[derive(Debug)]
struct Own(&'static str);

impl ProvideCredentials for Own {
    fn name(&self) -> &str {
        self.0
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(async { Ok(Credentials::new("id", "s")) })
    }
}

#[tokio::test]
async fn a_service_is_told_which_kind_of_source_has_given_the_keys() {
    let home = Home::new().set(ID, "id").set(SECRET, "s");
    let providers = home.providers();
    home.config(&config("id"));
    let temporary = Credentials::temporary("id", "s", "token");
    let chain = || providers.default_chain();
    let sources: [(Box<dyn ProvideCredentials>, Option<&str>); 7] = [
        (Box::new(chain()), Some("default/env")),
        (
            Box::new(providers.environment().expect("keys")),
            Some("env"),
        ),
        (Box::new(providers.cli_profile(None)), Some("cli_profile")),
        (Box::new(Credentials::new("id", "s")), Some("static_ak")),
        (Box::new(temporary), Some("static_sts")),
        (Box::new(Own("vault")), None),
        (Box::new(Own("a name\nthat no header takes")), None),
    ];
    for (source, expected) in sources {
        let shown = format!("{source:?}");
        let server = Server::start([Answer::json(200, OK)]);
        let builder = Builder::<Client>::new(&SERVICE).credentials(source);
        let builder = builder.endpoint(server.url()).allow_http(true);
        let client = builder.build().expect("a client");
        bounded(client.call(Act::<true>::blank()))
            .await
            .expect("an answer");
        let request = server.request();
        assert_eq!(
            request.header("x-acs-credentials-provider"),
            expected,
            "{shown}"
        );
        // With whatever headers there are.
        signature::check(&request, "id", "s").expect("a signature that holds");
    }
}
