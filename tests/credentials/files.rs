//! Keys in files.

use crate::home::{HUSH, Home, keys, refusal};

const CONFIG: &str = r#"{
    "current": "lasting",
    "profiles": [
        {"name": "default", "mode": "AK", "access_key_id": "id-0", "access_key_secret": "s-0"},
        {"name": "lasting", "mode": "AK", "access_key_id": "id-1", "access_key_secret": "s-1"},
        {"name": "temporary", "mode": "StsToken", "access_key_id": "id-2",
         "access_key_secret": "s-2", "sts_token": "t-2"}
    ],
    "meta_path": ""
}"#;

#[tokio::test]
async fn the_profile_is_the_one_asked_for_or_named_or_current() {
    let home = Home::new();
    home.config(CONFIG);
    assert_eq!(keys(&home.providers().cli_profile(None)).await, "id-1 s-1");
    let temporary = home.providers().cli_profile(Some("temporary"));
    assert_eq!(keys(&temporary).await, "id-2 s-2 t-2");
    let home = home.set("ALIBABA_CLOUD_PROFILE", "temporary");
    let named = home.providers().cli_profile(None);
    assert_eq!(keys(&named).await, "id-2 s-2 t-2");
    home.config(&CONFIG.replace(r#""current": "lasting","#, ""));
    let home = home.set("ALIBABA_CLOUD_PROFILE", "");
    assert_eq!(keys(&home.providers().cli_profile(None)).await, "id-0 s-0");
}

#[tokio::test]
async fn another_file_can_be_named() {
    let home = Home::new();
    home.write("elsewhere.json", CONFIG);
    let path = home.path("elsewhere.json");
    let home = home.set("ALIBABA_CLOUD_CONFIG_FILE", path);
    assert_eq!(keys(&home.providers().cli_profile(None)).await, "id-1 s-1");
}

#[tokio::test]
async fn what_is_wrong_with_a_profile_is_said_with_its_place() {
    let one = |profile: &str| format!(r#"{{"profiles": [{profile}]}}"#);
    for (text, parts) in [
        ("".to_owned(), &["no JSON", "line 1"][..]),
        (format!("{{\n\"profiles\": [{HUSH}"), &["line 2"]),
        (format!("\"{HUSH}\""), &["JSON object"]),
        (format!(r#"{{"{HUSH}": 1}}"#), &["no list `profiles`"]),
        (one(&format!("\"{HUSH}\"")), &["no JSON object"]),
        (one(""), &["no profile `default`"]),
        (one(r#"{"name": "default"}"#), &["`default`", "`mode`"]),
        (
            one(&format!(
                r#"{{"name": "default", "mode": "AK", "access_key_id": "{HUSH}"}}"#
            )),
            &["mode AK", "`access_key_secret`"],
        ),
        (
            one(&format!(
                r#"{{"name": "default", "mode": "StsToken", "access_key_id": "{HUSH}",
                "access_key_secret": "{HUSH}", "sts_token": ""}}"#
            )),
            &["mode StsToken", "`sts_token`"],
        ),
        (
            one(r#"{"name": "default", "mode": "Telepathy"}"#),
            &["mode Telepathy", "isn't known"],
        ),
    ] {
        let home = Home::new();
        home.config(&text);
        let why = refusal(&home.providers().cli_profile(None)).await;
        for part in parts.iter().chain(&["config.json"]) {
            assert!(why.contains(part), "{text}: {why}");
        }
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named() {
    let home = Home::new();
    let path = home.path(".aliyun/config.json").display().to_string();
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert_eq!(why, format!("there is no file {path}"));
    home.write(".aliyun/config.json/inside", "");
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert_eq!(why, format!("{path} is a directory"));

    let home = Home::new();
    home.write(".aliyun/config.json", [b'\n', 0xff, b'{']);
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert!(why.contains("isn't UTF-8 text: see line 2"), "{why}");
    home.write(".aliyun/config.json", vec![b' '; 1024 * 1024 + 1]);
    let why = refusal(&home.providers().cli_profile(None)).await;
    assert!(why.contains("larger than 1 MiB"), "{why}");
}

#[tokio::test]
async fn an_ini_file_is_found_under_both_of_its_names() {
    let text = "# mine\n[default]\ntype = access_key ; lasting\naccess_key_id= id-1\n\
                access_key_secret =s=1#2\n\n[other]\nenable = false\ntype = access_key\n";
    for path in [".alibabacloud/credentials.ini", ".alibabacloud/credentials"] {
        let home = Home::new();
        home.write(path, text);
        let default = home.providers().ini_profile(None);
        assert_eq!(keys(&default).await, "id-1 s=1#2");
        let why = refusal(&home.providers().ini_profile(Some("other"))).await;
        assert!(why.contains("[other]") && why.contains("`enable`"), "{why}");
    }
    let home = Home::new();
    home.write("mine", text.replace('\n', "\r\n"));
    let path = home.path("mine");
    let home = home.set("ALIBABA_CLOUD_CREDENTIALS_FILE", path);
    assert_eq!(
        keys(&home.providers().ini_profile(None)).await,
        "id-1 s=1#2"
    );
}

#[tokio::test]
async fn what_is_wrong_with_an_ini_file_is_said_with_its_line() {
    for (text, part) in [
        (format!("[default]\n{HUSH}"), "line 2: neither"),
        (format!("a = {HUSH}"), "line 1: a value before"),
        (format!("\n\n[default {HUSH}"), "line 3: the name"),
        (String::new(), "has no section [default]"),
        (format!("[default]\na={HUSH}"), "lacks `type`"),
        (format!("[default]\ntype={HUSH}"), "isn't known"),
        ("[default]\ntype=rsa_key_pair".to_owned(), "isn't supported"),
        (
            format!("[default]\ntype=access_key\naccess_key_id={HUSH}"),
            "lacks `access_key_secret`",
        ),
    ] {
        let home = Home::new();
        home.write(".alibabacloud/credentials", &text);
        let why = refusal(&home.providers().ini_profile(None)).await;
        assert!(why.contains(part), "{text}: {why}");
        assert!(why.contains("credentials"), "{why}");
    }
    let why = refusal(&Home::new().providers().ini_profile(None)).await;
    assert!(why.contains("credentials.ini, nor"), "{why}");
}
