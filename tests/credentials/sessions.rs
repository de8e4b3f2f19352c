//! Profiles whose session a person has opened.

use cams_tests::server::{Answer, Server};

use crate::home::{HUSH, Home, LATER, given, issued, keys, refusal};

fn profile(url: &str, end: &str) -> String {
    format!(
        r#"{{"profiles": [{{"name": "default", "mode": "CloudSSO",
        "cloud_sso_sign_in_url": "{url}", "cloud_sso_account_id": "42",
        "cloud_sso_access_config": "ac-1", "access_token": "{HUSH}",
        "cloud_sso_access_token_expire": {end}}}]}}"#
    )
}

#[tokio::test]
async fn a_session_is_traded_for_keys() {
    let keys_of_it = issued("a", LATER);
    let body = format!(r#"{{"CloudCredential": {keys_of_it}, "RequestId": "r"}}"#);
    let server = Server::start([Answer::json(200, body), Answer::json(401, HUSH)]);
    let home = Home::new();
    home.config(&profile(
        &format!("{}/device/login", server.url()),
        "1767330000",
    ));
    let source = home.providers().cli_profile(None);
    assert_eq!(keys(&source).await, given("a"));
    let request = server.request();
    assert_eq!(
        (&*request.method, request.path()),
        ("POST", "/cloud-credentials")
    );
    let bearer = format!("Bearer {HUSH}");
    assert_eq!(request.header("authorization"), Some(&*bearer));
    let sent: serde_json::Value = serde_json::from_slice(&request.body).expect("JSON");
    let expected = serde_json::json!({"AccountId": "42", "AccessConfigurationId": "ac-1"});
    assert_eq!(sent, expected);

    home.clock.forward(61);
    let why = refusal(&source).await;
    assert_eq!(why, "CloudSSO answered HTTP 401");
}

#[tokio::test]
async fn a_session_that_has_ended_is_not_shown_to_anyone() {
    let server = Server::start([]);
    for (end, part) in [
        ("1767323045", "has ended: sign in again"),
        ("null", "`cloud_sso_access_token_expire`"),
    ] {
        let home = Home::new();
        home.config(&profile(&server.url(), end));
        let why = refusal(&home.providers().cli_profile(None)).await;
        assert!(why.contains(part), "{why}");
    }
    let home = Home::new();
    home.config(&profile("http://sso.example.com", "1767330000"));
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert!(why.contains("plain http"), "{why}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_only_the_tool_can_renew_is_refused_with_the_reason() {
    let home = Home::new();
    home.config(&format!(
        r#"{{"profiles": [{{"name": "default", "mode": "OAuth", "oauth_site_type": "CN",
        "oauth_refresh_token": "{HUSH}"}}]}}"#
    ));
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert!(
        why.contains("mode OAuth") && why.contains("isn't supported"),
        "{why}"
    );
}
