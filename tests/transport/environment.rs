//! Proxies that the environment names. Only a process of its own can have another environment, so this
//! program runs itself.

use std::process::Command;

use alibabacloud_runtime::transport::Proxy;
use cams_tests::hush::{SUCCESS, builder, call, call_blocking};
use cams_tests::proxy::{self, Manner};
use cams_tests::server::{Answer, Server};

const ENDPOINT: &str = "CAMS_TESTS_ENDPOINT";
const PROXY: &str = "CAMS_TESTS_PROXY";
const BLOCKING: &str = "CAMS_TESTS_BLOCKING";

/// The other process. Without its variables, this is no test.
#[tokio::test]
async fn child() {
    let Ok(endpoint) = std::env::var(ENDPOINT) else {
        return;
    };
    let builder = builder(&endpoint);
    let builder = match std::env::var(PROXY) {
        Err(_) => builder,
        Ok(none) if none.is_empty() => builder.proxy(Proxy::none()),
        Ok(url) => builder.proxy(Proxy::new(url)),
    };
    let client = builder.build().expect("a client");
    let outcome = match std::env::var_os(BLOCKING) {
        Some(_) => call_blocking(&client),
        None => call(&client).await,
    };
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Calls `endpoint` in both ways, each in a process with these variables, and says whether that
/// succeeded.
async fn run(endpoint: &str, variables: &[(&str, String)]) -> bool {
    let awaited = run_one(endpoint, variables).await;
    let blocking = [variables, &[(BLOCKING, "1".to_owned())]].concat();
    let blocking = run_one(endpoint, &blocking).await;
    assert_eq!(awaited, blocking, "{endpoint} {variables:?}");
    awaited
}

async fn run_one(endpoint: &str, variables: &[(&str, String)]) -> bool {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["environment::child", "--exact"]);
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        command
            .env_remove(name)
            .env_remove(name.to_ascii_lowercase());
    }
    // Of a program that a web server starts, the caller could choose HTTP_PROXY.
    command.env_remove("REQUEST_METHOD").env(ENDPOINT, endpoint);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    let run = tokio::task::spawn_blocking(move || command.output());
    let done = run.await.expect("no panic").expect("it can be started");
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(out.contains("running 1 test"), "{out}");
    done.status.success()
}

#[tokio::test]
async fn proxies_of_the_environment_are_used_unless_something_else_is_said() {
    let service = Server::start(std::iter::repeat_n(Answer::json(200, SUCCESS), 40));
    let http = proxy::Proxy::start(Manner::Http(service.address()), None).await;
    let socks = proxy::Proxy::start(Manner::Socks(service.address()), None).await;
    let (url, socks_url) = (
        format!("http://{}", http.address),
        format!("socks5h://{}", socks.address),
    );
    let dead = || "http://127.0.0.1:1".to_owned();
    let far = "http://service.test";
    let here = service.url();
    let spelt = here.replace("127.0.0.1", "127.1");
    // The endpoint, the variables, and how often the two proxies are asked.
    for (endpoint, variables, asked) in [
        (far, vec![("HTTP_PROXY", url.clone())], [1, 0]),
        (far, vec![("http_proxy", url.clone())], [1, 0]),
        (far, vec![("ALL_PROXY", url.clone())], [1, 0]),
        (far, vec![("all_proxy", socks_url.clone())], [0, 1]),
        (
            far,
            vec![("HTTP_PROXY", url.clone()), ("ALL_PROXY", dead())],
            [1, 0],
        ),
        (
            far,
            vec![("HTTP_PROXY", dead()), (PROXY, socks_url.clone())],
            [0, 1],
        ),
        (
            far,
            vec![
                ("NO_PROXY", "service.test".to_owned()),
                (PROXY, url.clone()),
            ],
            [1, 0],
        ),
        (&here, vec![("ALL_PROXY", url.clone())], [0, 0]),
        (&spelt, vec![("ALL_PROXY", url.clone())], [0, 0]),
        (
            &here,
            vec![("ALL_PROXY", url.clone()), (PROXY, String::new())],
            [0, 0],
        ),
        (&here, vec![(PROXY, url.clone())], [1, 0]),
    ] {
        let before = [http.asked().len(), socks.asked().len()];
        let succeeded = run(endpoint, &variables).await;
        let after = [http.asked().len(), socks.asked().len()];
        let found = [after[0] - before[0], after[1] - before[1]];
        assert_eq!(
            found,
            asked.map(|ways| 2 * ways),
            "{endpoint} {variables:?}"
        );
        assert!(succeeded, "{endpoint} {variables:?}");
    }
}

#[tokio::test]
async fn what_the_environment_excepts_goes_past_its_proxies() {
    let service = Server::start([]);
    let proxy = proxy::Proxy::start(Manner::Http(service.address()), None).await;
    let url = format!("http://{}", proxy.address);
    // Past the proxy nobody knows this host, nor whom the other one is for.
    for (variables, asked) in [
        (vec![("NO_PROXY", "service.test".to_owned())], 0),
        (vec![("no_proxy", "*".to_owned())], 0),
        (vec![("no_proxy", ".test, other.example".to_owned())], 0),
        (vec![(PROXY, String::new())], 0),
        (vec![("NO_PROXY", "other.example".to_owned())], 1),
    ] {
        let before = proxy.asked().len();
        let variables = [variables, vec![("HTTP_PROXY", url.clone())]].concat();
        assert!(!run("http://service.test", &variables).await);
        assert_eq!(proxy.asked().len() - before, 2 * asked, "{variables:?}");
    }
    let before = proxy.asked().len();
    let variables = [("https_proxy", url.clone())];
    assert!(!run("https://service.test", &variables).await);
    assert_eq!(proxy.asked().len() - before, 2);
    // HTTPS_PROXY isn't for what is sent in the clear.
    assert!(!run("http://service.test", &variables).await);
    assert_eq!(proxy.asked().len() - before, 2);
}
