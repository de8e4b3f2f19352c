//! Nothing of a request, of an answer's content or of keys is told to an observer or traced, whatever
//! the operation and however the call ends.

use std::sync::{Arc, Mutex};

use alibabacloud_cams::runtime::observe::{
    AttemptEnded, AttemptStarted, CallEnded, KeysRenewed, Observe, RetryScheduled,
};
use alibabacloud_cams::runtime::testing::{Answer, Expected, Script};
use alibabacloud_cams::{Client, Credentials};
use cams_tests::client::{bounded, builder};
use cams_tests::description::Description;
use cams_tests::hush::{KEY_ID, SECRET, TOKEN};
use cams_tests::operations::operations;
use cams_tests::sample::{Kind, object, tokens};
use cams_tests::server::{self, Server};
use serde_json::{Value as Json, json};
use tracing::Level;

use crate::SECOND;
use crate::recorder::Recorder;

/// Everything that an observer can see, as `Debug` shows it.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<String>>);

impl Seen {
    fn keep(&self, told: &dyn std::fmt::Debug) {
        *self.0.lock().expect("no panic") += &format!("{told:?}\n");
    }
}

impl Observe for Seen {
    fn attempt_started(&self, started: &AttemptStarted<'_>) {
        self.keep(started);
    }

    fn attempt_ended(&self, ended: &AttemptEnded<'_>) {
        self.keep(ended);
    }

    fn retry_scheduled(&self, retry: &RetryScheduled<'_>) {
        self.keep(retry);
    }

    fn call_ended(&self, ended: &CallEnded<'_>) {
        self.keep(ended);
    }

    fn keys_renewed(&self, renewed: &KeysRenewed<'_>) {
        self.keep(renewed);
    }
}

/// Texts and numbers that no listed value is among.
const ALL: Kind = Kind {
    listed: false,
    required: false,
};

#[tokio::test]
async fn nothing_of_requests_answers_and_keys_is_told() {
    let tables = Description::read().operations();
    let (mut calls, mut planted) = (0, 0);
    for operation in operations() {
        let action = operation.action();
        let table = tables.iter().find(|table| table.operation == action);
        let table = table.expect("it is described");
        let (given, mut answer) = (object(&table.request, ALL), object(&table.response, ALL));
        answer["Code"] = json!("OK");
        answer["RequestId"] = json!("an ID");
        let failed = |code: &str| {
            let mut failed = answer.clone();
            failed["Code"] = json!(code);
            failed.to_string()
        };
        let odd = match answer.as_object() {
            Some(members) => members
                .keys()
                .map(|name| (name.clone(), json!({})))
                .collect(),
            None => Json::Null,
        };
        let mut hidden: Vec<String> = [false, true]
            .into_iter()
            .flat_map(|marked| {
                let mut all = tokens(&table.request, &given, marked);
                all.extend(tokens(&table.response, &answer, marked));
                all
            })
            .collect();
        planted += hidden.len();
        hidden.extend([KEY_ID, SECRET, TOKEN].map(str::to_owned));

        let half = answer.to_string().into_bytes();
        let half = half[..half.len() / 2].to_vec();
        let (recorder, _guard) = Recorder::start(Level::TRACE);
        let (script, seen) = (Script::new(), Seen::default());
        let repeated = Expected::action(action);
        script
            .expect(repeated)
            .answer(Answer::raw(429, failed("Throttling.User")))
            .answer(Answer::raw(200, failed("Thing.Odd")))
            .answer(Answer::raw(403, failed("SignatureDoesNotMatch")))
            .answer(Answer::raw(502, answer.to_string()))
            .answer(Answer::raw(200, answer.to_string()).broken_off())
            .answer(Answer::raw(200, odd.to_string()))
            .answer(Answer::raw(200, half))
            .answer(Answer::never())
            .answer(Answer::raw(200, answer.to_string()))
            .times(..);
        let client = script
            .prepare(Client::builder())
            .credentials(Credentials::temporary(KEY_ID, SECRET, TOKEN))
            .timeout(30 * SECOND)
            .observe(seen.clone())
            .build()
            .expect("a client");
        for _ in 0..9 {
            calls += usize::from(operation.call(&client, given.clone()).await.is_ok());
        }
        let shown = format!("{recorder}{}", seen.0.lock().expect("no panic"));
        // It is about these calls.
        assert!(
            shown.contains(action) && shown.contains("Throttling.User"),
            "{shown}"
        );
        for hidden in hidden {
            assert!(!shown.contains(&hidden), "{action}: {hidden} in {shown}");
        }
    }
    assert!(
        calls > 172 && planted > 1000,
        "{calls} calls, {planted} values"
    );
}

#[tokio::test]
async fn nor_does_the_transport_trace_it() {
    let tables = Description::read().operations();
    for action in [
        "SendChatappMessage",
        "GetPreValidatePhoneId",
        "GetChatappUploadAuthorization",
    ] {
        let (recorder, _guard) = Recorder::start(Level::TRACE);
        let operation = operations().into_iter();
        let operation = operation.into_iter().find(|one| one.action() == action);
        let operation = operation.expect("it is there");
        let table = tables.iter().find(|table| table.operation == action);
        let table = table.expect("it is described");
        let (given, mut answer) = (object(&table.request, ALL), object(&table.response, ALL));
        answer["Code"] = json!("OK");
        let server = Server::start([server::Answer::json(200, answer.to_string())]);
        let client = builder(&server).credentials(Credentials::temporary(KEY_ID, SECRET, TOKEN));
        let client = client.build().expect("a client");
        bounded(operation.call(&client, given.clone()))
            .await
            .expect("an answer");
        let shown = recorder.to_string();
        assert!(shown.contains(action), "{shown}");
        let mut hidden = tokens(&table.request, &given, true);
        hidden.extend(tokens(&table.request, &given, false));
        hidden.extend(tokens(&table.response, &answer, true));
        hidden.extend([KEY_ID, SECRET, TOKEN].map(str::to_owned));
        for hidden in hidden {
            assert!(!shown.contains(&hidden), "{action}: {hidden} in {shown}");
        }
    }
}
