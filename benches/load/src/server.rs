//! A server that does as little as it can: it finds the ends of requests, looks at the action, and
//! sends an answer that was made before. Over Tokio, on one thread: calls, not answers, are measured.

use std::io::{self, Write};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::Result;

pub(crate) fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        writeln!(io::stdout(), "{}", listener.local_addr()?)?;
        io::stdout().flush()?;
        let answers: &'static [(Vec<u8>, Vec<u8>)] = Box::leak(answers().into_boxed_slice());
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::spawn(serve(stream, answers));
        }
    })
}

/// Actions as they stand in a header, and what is answered.
fn answers() -> Vec<(Vec<u8>, Vec<u8>)> {
    let template = |index: u32| {
        format!(
            r#"{{"AuditStatus":"pass","Category":"UTILITY","Language":"en","LastUpdateTime":1690000000000,"TemplateCode":"7448{index:08}","TemplateName":"order_shipped_{index}","TemplateType":"WHATSAPP"}}"#
        )
    };
    let templates: Vec<String> = (0..50).map(template).collect();
    let bodies = [
        (
            "DeleteChatGroup",
            r#"{"Code":"OK","Message":"None","RequestId":"90E63D28-E31D-1EB2-8939-A9486641****","Result":1,"Success":true}"#.to_owned(),
        ),
        (
            "SendChatappMessage",
            r#"{"Code":"OK","Message":"None","MessageId":"2d1fb4ad-0d8e-4e6b-8e9a-0c2f4f7a****","RequestId":"90E63D28-E31D-1EB2-8939-A9486641****"}"#.to_owned(),
        ),
        (
            "ListChatappTemplate",
            format!(
                r#"{{"Code":"OK","ListTemplate":[{}],"Message":"None","RequestId":"90E63D28-E31D-1EB2-8939-A9486641****","Success":true,"Total":50}}"#,
                templates.join(",")
            ),
        ),
    ];
    let answer = |(action, body): (&str, String)| {
        let length = body.len();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json;charset=utf-8\r\n";
        let whole = format!(
            "{head}date: Mon, 23 Nov 2026 00:00:00 GMT\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        (action.as_bytes().to_vec(), whole.into_bytes())
    };
    bodies.into_iter().map(answer).collect()
}

async fn serve(mut stream: TcpStream, answers: &[(Vec<u8>, Vec<u8>)]) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(16 * 1024);
    loop {
        // No operation that is called here has a body.
        while !buffer.ends_with(b"\r\n\r\n") {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        }
        let name = b"x-acs-action: ";
        let action = buffer
            .windows(name.len())
            .position(|window| window.eq_ignore_ascii_case(name))
            .map(|at| &buffer[at + name.len()..]);
        let known = answers
            .iter()
            .find(|(known, _)| action.is_some_and(|action| action.starts_with(known)));
        let (_, answer) = known.ok_or(io::ErrorKind::InvalidData)?;
        stream.write_all(answer).await?;
        buffer.clear();
    }
}
