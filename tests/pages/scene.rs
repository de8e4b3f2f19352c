//! A client, a server with a script of pages, and what came of reading them.

use std::collections::BTreeMap;

use alibabacloud_paged::{Client, Error, Items, Pages};
use alibabacloud_runtime::{Credentials, Paginated, RetryPolicy};
use cams_tests::client::{KEYS, bounded};
use cams_tests::server::{Answer, Received, Server};
use serde_json::{Value as Json, json};

/// A server that answers with these in turn, and a client of it.
pub(crate) fn scene(script: impl IntoIterator<Item = Json>) -> (Server, Client) {
    let answers = script.into_iter();
    serve(answers.map(|body| Answer::json(200, body.to_string())))
}

/// The same with answers of any kind, each of which ends its call.
pub(crate) fn serve(script: impl IntoIterator<Item = Answer>) -> (Server, Client) {
    let server = Server::start(script);
    let client = Client::builder()
        .credentials(Credentials::new(KEYS[0], KEYS[1]))
        .endpoint(server.url())
        .allow_http(true)
        .retry(RetryPolicy::off())
        .build()
        .expect("a client");
    (server, client)
}

/// Entries with these IDs.
pub(crate) fn entries(ids: &[&str]) -> Json {
    ids.iter().map(|id| json!({"Id": id})).collect()
}

/// A page of `ListGroups`.
pub(crate) fn group_page(ids: &[&str], total: impl Into<Json>) -> Json {
    json!({"Code": "OK", "Data": {"List": entries(ids), "Total": total.into()}})
}

/// A page of `ListTokens`.
pub(crate) fn token_page(ids: &[&str], next: impl Into<Json>) -> Json {
    json!({"Code": "OK", "Data": entries(ids), "NextPage": next.into()})
}

/// All entries up to the end, and the error where there is one; the stream must be at its end then.
pub(crate) async fn read<O: Paginated>(mut items: Items<O>) -> (Vec<O::Item>, Option<Error>) {
    let mut all = Vec::new();
    while let Some(item) = bounded(items.next()).await {
        match item {
            Ok(item) => all.push(item),
            Err(error) => {
                assert!(
                    bounded(items.next()).await.is_none(),
                    "{error} isn't the end"
                );
                return (all, Some(error));
            }
        }
    }
    assert!(
        bounded(items.next()).await.is_none(),
        "the end isn't the end"
    );
    (all, None)
}

/// All entries; there must be no error.
pub(crate) async fn all<O: Paginated>(items: Items<O>) -> Vec<O::Item> {
    let (all, error) = read(items).await;
    assert!(error.is_none(), "{error:?}");
    all
}

/// The number of pages that are good, and the error where there is one.
pub(crate) async fn count<O: Paginated>(mut pages: Pages<O>) -> (usize, Option<Error>) {
    let mut good = 0;
    while let Some(page) = bounded(pages.next()).await {
        match page {
            Ok(_) => good += 1,
            Err(error) => {
                assert!(
                    bounded(pages.next()).await.is_none(),
                    "{error} isn't the end"
                );
                return (good, Some(error));
            }
        }
    }
    (good, None)
}

/// The query of every request.
pub(crate) fn asked(server: &Server) -> Vec<BTreeMap<String, String>> {
    let requests = server.requests();
    let pairs = requests.iter().map(Received::query_pairs);
    pairs.map(|pairs| pairs.into_iter().collect()).collect()
}

/// One parameter of every request; what isn't there is empty.
pub(crate) fn asked_for(server: &Server, name: &str) -> Vec<String> {
    let asked = asked(server).into_iter();
    asked
        .map(|mut query| query.remove(name).unwrap_or_default())
        .collect()
}
