//! Where requests go that share a transport.

use alibabacloud_runtime::BoxFuture;
use alibabacloud_runtime::transport::{
    Request, ReqwestTransport, Response, Transport, TransportError,
};
use cams_tests::client::{OK, bounded, builder, request};
use cams_tests::server::{Answer, Server};

#[tokio::test]
async fn clients_of_several_services_may_share_a_transport() {
    let servers = [(); 2].map(|()| Server::start([(); 2].map(|()| Answer::json(200, OK))));
    let transport = ReqwestTransport::from(reqwest::Client::new());
    let clients = servers.each_ref().map(|server| {
        let builder = builder(server).transport(transport.clone());
        builder.build().expect("a client")
    });
    for client in clients.iter().chain(&clients) {
        bounded(client.delete_chat_group(request()))
            .await
            .expect("an answer");
    }
    for server in &servers {
        assert_eq!(server.requests().len(), 2);
    }
}

/// Sends to another URL than it is told to.
#[derive(Debug)]
struct Elsewhere(&'static str);

impl Transport for Elsewhere {
    fn send(&self, mut request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        request.url = self.0.to_owned();
        Box::pin(async move {
            let transport = ReqwestTransport::from(reqwest::Client::new());
            transport.send(request).await
        })
    }
}

#[tokio::test]
async fn what_is_no_url_is_refused_unsent_and_unshown() {
    let server = Server::start([]);
    for url in [
        "",
        "?secret",
        "secret?secret",
        "https://:0/secret?secret",
        "mailto:secret",
    ] {
        let builder = builder(&server).transport(Elsewhere(url));
        let client = builder.build().expect("a client");
        let error = bounded(client.delete_chat_group(request()))
            .await
            .expect_err(url);
        assert!(!error.may_have_been_carried_out(), "{url}: {error:?}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("secret"), "{url}: {shown}");
    }
}
