//! The examples, as programs: what they send, what they print, and how they end.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use cams_tests::client::KEYS;
use cams_tests::copy::workspace;
use cams_tests::server::{Answer, Received, Server};
use cams_tests::signature;
use serde_json::Value as Json;

const SEND: [&str; 6] = [
    "--cust-space-id=cams-7d2f",
    "--from=8613800001111",
    "--to=8613900002222",
    "--template-code=1119000001",
    "--language=en",
    "--param=name=Ada",
];
const TEXT: [&str; 4] = [
    "--cust-space-id=cams-7d2f",
    "--from=8613800001111",
    "--to=8613900002222",
    "--text=say \"hello\"",
];
const BULK: [&str; 5] = [
    "--cust-space-id=cams-7d2f",
    "--from=8613800001111",
    "--template-code=1119000001",
    "--language=en",
    "--concurrency=1",
];
const GROUP: [&str; 2] = [
    "--business-number=8613800001111",
    "--cust-space-id=cams-7d2f",
];

/// The examples' programs by name, built once.
fn programs() -> &'static BTreeMap<String, PathBuf> {
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        // Of the whole workspace, as `cargo test` has built them already.
        let done = Command::new(cargo)
            .args(["build", "--workspace", "--examples", "--offline"])
            .args(["--message-format=json", "--quiet"])
            .current_dir(workspace())
            .output()
            .expect("cargo can be started");
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{told}");
        let mut programs = BTreeMap::new();
        for line in String::from_utf8_lossy(&done.stdout).lines() {
            let message: Json = serde_json::from_str(line).expect("cargo writes JSON");
            let target = &message["target"];
            if target["kind"][0] == "example"
                && let (Some(name), Some(path)) =
                    (target["name"].as_str(), message["executable"].as_str())
            {
                programs.insert(name.to_owned(), PathBuf::from(path));
            }
        }
        programs
    })
}

/// How a program ended.
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs an example to its end, with `input` on its standard input.
fn run(example: &str, arguments: &[&str], url: &str, input: &str) -> Ended {
    let mut command = command(example);
    command.args(["--endpoint", url]).args(arguments);
    ended(command, input)
}

fn command(example: &str) -> Command {
    let mut command = Command::new(&programs()[example]);
    command
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEYS[0])
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", KEYS[1])
        .env_remove("ALIBABA_CLOUD_SECURITY_TOKEN")
        // Nothing of this machine's own, and nothing beyond it.
        .env("HOME", "/nowhere")
        .env_remove("ALIBABA_CLOUD_CONFIG_FILE")
        .env_remove("ALIBABA_CLOUD_CREDENTIALS_FILE")
        .env_remove("ALIBABA_CLOUD_CREDENTIALS_URI")
        .env_remove("ALIBABA_CLOUD_ROLE_ARN")
        .env("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    command
}

fn ended(mut command: Command, input: &str) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example can be started");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that ends without reading is fine.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let done = child.wait_with_output().expect("it ends");
    Ended {
        code: done.status.code(),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

impl Ended {
    #[track_caller]
    fn well(&self, out: &str) {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""));
        assert_eq!(self.out, out);
    }
}

/// A parameter of the query, which must be there.
#[track_caller]
fn sent(request: &Received, name: &str) -> String {
    let pairs = request.query_pairs();
    let found = pairs.iter().find(|(other, _)| other == name);
    found
        .unwrap_or_else(|| panic!("{name} in {pairs:?}"))
        .1
        .clone()
}

#[track_caller]
fn holds(request: &Received, action: &str, parameters: &[(&str, &str)]) {
    assert_eq!(request.header("x-acs-action"), Some(action));
    for (name, value) in parameters {
        assert_eq!(sent(request, name), *value, "{name}");
    }
}

#[test]
fn a_template_is_sent_with_its_values() {
    let server = Server::start([Answer::json(
        200,
        r#"{"Code":"OK","MessageId":"61851c","RequestId":"R-1"}"#,
    )]);
    let ended = run(
        "send_template",
        &[&SEND[..], &["--param=order=a=b"]].concat(),
        &server.url(),
        "",
    );
    ended.well("accepted: message 61851c, request R-1\n");
    holds(
        &server.request(),
        "SendChatappMessage",
        &[
            ("ChannelType", "whatsapp"),
            ("CustSpaceId", "cams-7d2f"),
            ("From", "8613800001111"),
            ("Language", "en"),
            ("TemplateCode", "1119000001"),
            ("TemplateParams", r#"{"name":"Ada","order":"a=b"}"#),
            ("To", "8613900002222"),
            ("Type", "template"),
        ],
    );
}

#[test]
fn groups_are_listed_and_deleted_without_an_async_runtime() {
    let server = Server::start([
        Answer::json(
            200,
            r#"{"Code":"OK","Data":{"Total":2,"List":[
                {"GroupId":"E1","GroupStatus":"ACTIVE","Subject":"Ada"},{"GroupId":"E2"}]}}"#,
        ),
        Answer::json(200, r#"{"Code":"OK","RequestId":"R-1"}"#),
        Answer::json(400, r#"{"Code":"Group.Gone","Message":"gone"}"#),
    ]);
    run("delete_groups", &GROUP, &server.url(), "").well("E1\tACTIVE\tAda\nE2\t\t\n");
    let both = [&GROUP[..], &["E1", "E2"]].concat();
    let ended = run("delete_groups", &both, &server.url(), "");
    assert_eq!(
        (ended.code, &*ended.out),
        (Some(1), "deleted: E1, request R-1\n")
    );
    assert!(ended.err.contains("Group.Gone"), "{}", ended.err);
    let requests = server.requests();
    holds(
        &requests[0],
        "ListChatGroup",
        &[("BusinessNumber", "8613800001111")],
    );
    holds(&requests[1], "DeleteChatGroup", &[("GroupId", "E1")]);
    holds(&requests[2], "DeleteChatGroup", &[("GroupId", "E2")]);
}

#[test]
fn a_text_is_sent_as_json() {
    let server = Server::start([Answer::json(
        200,
        r#"{"Code":"OK","MessageId":"61851c","RequestId":"R-1"}"#,
    )]);
    run("send_text", &TEXT, &server.url(), "").well("accepted: message 61851c, request R-1\n");
    holds(
        &server.request(),
        "SendChatappMessage",
        &[
            ("Content", r#"{"text":"say \"hello\""}"#),
            ("MessageType", "text"),
            ("Type", "message"),
        ],
    );
}

#[test]
fn templates_are_listed_over_all_pages() {
    let page = |items: &str| {
        let body = format!(r#"{{"Code":"OK","Total":2,"ListTemplate":[{items}]}}"#);
        Answer::json(200, body)
    };
    let server = Server::start([
        page(r#"{"TemplateCode":"1","TemplateName":"hello","Language":"en","AuditStatus":"pass"}"#),
        page(r#"{"TemplateCode":"2","TemplateName":"again","Language":"de","AuditStatus":"new"}"#),
    ]);
    run(
        "list_templates",
        &["--cust-space-id=cams-7d2f", "--language=en"],
        &server.url(),
        "",
    )
    .well("1\ten\tpass\thello\n2\tde\tnew\tagain\n");
    let requests = server.requests();
    let pages: Vec<String> = requests
        .iter()
        .map(|request| sent(request, "Page"))
        .collect();
    assert_eq!(
        pages,
        [r#"{"Index":1,"Size":10}"#, r#"{"Index":2,"Size":10}"#]
    );
    holds(&requests[1], "ListChatappTemplate", &[("Language", "en")]);
}

#[test]
fn a_group_lives_from_opening_to_deletion() {
    let steps: [(&[&str], &str, &str, &str); 5] = [
        (
            &["open", "--subject=Friends"],
            "AddChatGroup",
            r#"{"Code":"OK","UniqueCode":"8938"}"#,
            "asked for, under the code 8938: see `list` for the group's ID\n",
        ),
        (
            &["list"],
            "ListChatGroup",
            r#"{"Code":"OK","Data":{"Total":1,"List":[
                {"GroupId":"E39901","GroupStatus":"ACTIVE","Subject":"Friends"}]}}"#,
            "E39901\tACTIVE\tFriends\n",
        ),
        (
            &["invite", "--group-id=E39901"],
            "AddChatGroupInviteLink",
            r#"{"Code":"OK","InviteLink":"https://chat.whatsapp.com/x"}"#,
            "https://chat.whatsapp.com/x\n",
        ),
        (
            &["members", "--group-id=E39901"],
            "ListChatGroupParticipants",
            r#"{"Code":"OK","Data":{"Total":1,"List":[{"ParticipantNumber":"8613900002222"}]}}"#,
            "8613900002222\n",
        ),
        (
            &["delete", "--group-id=E39901", "--yes"],
            "DeleteChatGroup",
            r#"{"Code":"OK","Result":1,"RequestId":"R-1"}"#,
            "deleted: 1 row(s), request R-1\n",
        ),
    ];
    for (arguments, action, answer, out) in steps {
        let server = Server::start([Answer::json(200, answer)]);
        let arguments = [&GROUP[..], arguments].concat();
        run("chat_group", &arguments, &server.url(), "").well(out);
        let own = [
            ("BusinessNumber", "8613800001111"),
            ("CustSpaceId", "cams-7d2f"),
        ];
        holds(&server.request(), action, &own);
    }
}

#[test]
fn nothing_is_deleted_where_nobody_can_be_asked() {
    let server = Server::start([]);
    let arguments = [&GROUP[..], &["delete", "--group-id=E39901"]].concat();
    let ended = run("chat_group", &arguments, &server.url(), "y\n");
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.err.contains("pass --yes"), "{}", ended.err);
    assert_eq!(server.connections(), 0);
}

#[test]
fn many_messages_are_sorted_by_what_became_of_them() {
    let server = Server::start([
        Answer::json(200, r#"{"Code":"OK","MessageId":"m-1"}"#),
        Answer::new(
            400,
            &[("x-acs-retry-after", "1")],
            r#"{"Code":"Throttling.User","Message":"too fast"}"#,
        ),
        Answer::json(400, r#"{"Code":"InvalidParameter.To","Message":"no"}"#),
        Answer::hang_up(),
        Answer::json(200, r#"{"Code":"OK","MessageId":"m-2"}"#),
    ]);
    let input = "8613900000001,name=Ada,order=17\n8613900000002\n\
                 8613900000003,name=\n8613900000004";
    let ended = run("bulk_send", &BULK, &server.url(), input);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.err, "error: 2 of 4 message(s) were not accepted\n");
    let lines: Vec<Vec<&str>> = ended
        .out
        .lines()
        .map(|line| line.splitn(3, '\t').collect())
        .collect();
    assert_eq!(lines[0], ["1", "accepted", "m-1"]);
    assert_eq!(lines[1][..2], ["3", "refused"]);
    assert!(lines[1][2].contains("InvalidParameter.To"), "{lines:?}");
    assert_eq!(lines[2][..2], ["4", "unknown"]);
    assert_eq!(lines[3], ["2", "accepted", "m-2"]);
    assert_eq!(lines.len(), 4);
    assert!(!ended.out.contains("86139"), "{}", ended.out);

    let requests = server.requests();
    let to: Vec<String> = requests.iter().map(|request| sent(request, "To")).collect();
    assert_eq!(to.concat().replace("861390000000", ""), "12342");
    let params = ("TemplateParams", r#"{"name":"Ada","order":"17"}"#);
    holds(&requests[0], "SendChatappMessage", &[params]);
}

#[test]
fn what_was_never_sent_can_be_tried_again_later() {
    let throttled = Answer::json(429, r#"{"Code":"Throttling.User"}"#);
    let server = Server::start([throttled]);
    let arguments = [&BULK[..], &["--tries=1"]].concat();
    let ended = run("bulk_send", &arguments, &server.url(), "8613900000001\n");
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.starts_with("1\tlater\t"), "{}", ended.out);
}

#[test]
fn a_slip_in_the_last_line_sends_nothing() {
    for (line, says) in [
        ("+8613900000002", "line 2 must begin with a number"),
        ("", "line 2 must begin with a number"),
        ("8613900000002,name", "line 2 must go on with NAME=VALUE"),
    ] {
        let server = Server::start([]);
        let input = format!("8613900000001\n{line}\n");
        let ended = run("bulk_send", &BULK, &server.url(), &input);
        assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{line}");
        assert!(ended.err.contains(says), "{line}: {}", ended.err);
        assert_eq!(server.connections(), 0);
    }
}

/// An example, and arguments that make it call.
fn calls() -> [(&'static str, Vec<&'static str>); 6] {
    [
        ("bulk_send", [&BULK[..], &["--tries=1"]].concat()),
        ("chat_group", [&GROUP[..], &["list"]].concat()),
        ("delete_groups", GROUP.to_vec()),
        ("list_templates", vec!["--cust-space-id=cams-7d2f"]),
        ("send_template", SEND.to_vec()),
        ("send_text", TEXT.to_vec()),
    ]
}

#[test]
fn every_example_is_tested() {
    let tested = calls().map(|(example, _)| example);
    assert!(programs().keys().eq(&tested), "{:?}", programs().keys());
}

#[test]
fn a_refused_connection_is_told() {
    // The calling end of a connection: nothing listens there, and nothing else can take it.
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let near = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
    let _far = listener.accept().expect("accepted");
    let host = near.local_addr().expect("an address").to_string();

    for (example, arguments) in calls() {
        let ended = run(
            example,
            &arguments,
            &format!("http://{host}"),
            "8613900000001\n",
        );
        assert_eq!(ended.code, Some(1), "{example}");
        assert!(ended.err.starts_with("error: "), "{example}: {}", ended.err);
        let said = format!("{}{}", ended.out, ended.err);
        assert!(said.contains(&host), "{example}: {said}");
        assert!(!said.contains("86139"), "{example}: {said}");
        assert!(!said.contains("panicked"), "{example}: {said}");
    }
}

/// Nothing but a process of its own can have another environment.
#[test]
fn a_client_takes_keys_from_the_chain_and_past_proxies() {
    let keys = Server::start([Answer::json(
        200,
        r#"{"Code": "Success", "AccessKeyId": "STS.id", "AccessKeySecret": "s",
        "SecurityToken": "t", "Expiration": "2999-01-01T00:00:00Z"}"#,
    )]);
    let proxy = Server::start([]);
    let service = Server::start([Answer::json(200, r#"{"Code":"OK","Data":{"List":[]}}"#)]);
    let mut command = command("list_templates");
    command
        .args(["--cust-space-id=cams-7d2f", "--endpoint", &service.url()])
        .env_remove("ALIBABA_CLOUD_ACCESS_KEY_ID")
        .env_remove("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
        .env("ALIBABA_CLOUD_CREDENTIALS_URI", keys.url())
        .env("HTTP_PROXY", proxy.url())
        .env("ALL_PROXY", proxy.url())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    let ended = ended(command, "");
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(keys.requests().len(), 1);
    assert_eq!(proxy.connections(), 0);
    let request = service.request();
    assert_eq!(request.header("x-acs-security-token"), Some("t"));
    signature::check(&request, "STS.id", "s").expect("a signature that holds");
}

#[test]
fn missing_keys_are_told_by_their_names() {
    for (example, arguments) in calls() {
        let mut command = command(example);
        command
            .args(arguments)
            .env_remove("ALIBABA_CLOUD_ACCESS_KEY_ID")
            .env_remove("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
        let ended = ended(command, "8613900000001\n");
        assert_eq!(ended.code, Some(1), "{example}");
        for name in [
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        ] {
            assert!(ended.err.contains(name), "{example}: {}", ended.err);
        }
    }
}

#[test]
fn help_says_where_keys_come_from_and_slips_say_what_is_missing() {
    for (example, _) in calls() {
        let mut help = command(example);
        help.arg("--help");
        let ended_well = ended(help, "");
        assert_eq!(ended_well.code, Some(0), "{example}");
        for part in [
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "--endpoint <URL>",
            "--region",
        ] {
            assert!(
                ended_well.out.contains(part),
                "{example}: {}",
                ended_well.out
            );
        }
        let ended_badly = ended(command(example), "");
        assert_eq!(ended_badly.code, Some(2), "{example}");
        assert!(
            ended_badly.err.contains("--cust-space-id"),
            "{example}: {}",
            ended_badly.err
        );
    }
}
