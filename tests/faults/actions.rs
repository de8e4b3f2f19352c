//! What the server does, byte by byte.

use std::io;
use std::time::Duration;

use crate::script::{At, Delivery, Does, Gate, Word};
use crate::server::{State, Task};
use crate::stream::Stream;

/// More than a client of these tests takes.
pub(crate) const FLOOD: usize = 256 * 1024;

/// Said by whoever doesn't keep a connection. Only in some weathers one ends without a word.
const CLOSES: &str = "connection: close\r\n";

/// Meets a connection before anything is read from it.
pub(crate) async fn at_the_gate(mut stream: Stream, gate: Gate) -> io::Result<()> {
    match gate {
        Gate::Closes => stream.end().await,
        Gate::Refuses | Gate::Handshake(_) => unreachable!("there is no connection"),
        Gate::Resets => stream.set_zero_linger(),
        Gate::Speaks => {
            stream.write_all(b"220 mail.example ESMTP\r\n").await?;
            stream.gone().await
        }
        Gate::IsSilent => stream.gone().await,
    }
}

/// Does to a request what the script says. Whether the connection is kept after it.
pub(crate) async fn act(stream: &mut Stream, task: &Task, state: &State) -> io::Result<bool> {
    let good = good(task);
    let whole = answer(200, "", &good);
    let middle = whole.len() - good.len() / 2;
    match task.does {
        Does::Answers(delivery) => return deliver(stream, task, state, delivery).await,
        Does::AnswersEarly { reads_on } => {
            let ends = if reads_on { "" } else { CLOSES };
            send(stream, task, &answer(200, ends, &good)).await?;
            return Ok(reads_on);
        }
        Does::RefusesEarly => {
            let text = format!(r#"{{"Code":"InvalidParameter","RequestId":"{}"}}"#, task.id);
            stream.write_all(&answer(413, CLOSES, &text)).await?;
        }
        Does::ResetsWithin | Does::Resets { .. } => stream.set_zero_linger()?,
        Does::Closes { .. } => {}
        Does::Stalls { .. } => stream.gone().await?,
        Does::Drips => {
            let endless = "HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n{\"RequestId\":\"";
            stream.write_all(endless.as_bytes()).await?;
            loop {
                stream.write_all(b"x").await?;
                // Time passes on this side only, as with a server that is slow.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Does::Cuts { resets } => {
            send(stream, task, &whole[..middle]).await?;
            if resets {
                stream.set_zero_linger()?;
            }
        }
        Does::ClaimsMore => {
            let text = format!("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{good}");
            send(stream, task, text.as_bytes()).await?;
        }
        Does::ClaimsLess => {
            let less = good.len() - 1;
            let text = format!("HTTP/1.1 200 OK\r\ncontent-length: {less}\r\n\r\n{good}");
            send(stream, task, text.as_bytes()).await?;
        }
        Does::Babbles { text, .. } => stream.write_all(text.as_bytes()).await?,
        Does::Replies { reply, .. } => {
            let text = reply.body.replace("{id}", &task.id);
            let bytes = answer(reply.status, reply.headers, &text);
            send(stream, task, &bytes).await?;
            return Ok(true);
        }
        Does::Floods { chunked } => flood(stream, chunked).await?,
        Does::Vanishes { resets } => {
            let text = format!("HTTP/1.1 200 OK\r\n\r\n{good}");
            send(stream, task, text.as_bytes()).await?;
            stream.end_silently();
            if resets {
                stream.set_zero_linger()?;
            }
        }
        Does::CutsRecord { resets } => {
            let records = stream.sealed(&whole);
            task.midway.notify_one();
            stream.pass(&records[..records.len() - 10]).await?;
            stream.end_silently();
            if resets {
                stream.set_zero_linger()?;
            }
        }
        Does::Garbles => {
            let mut records = stream.sealed(&whole);
            task.midway.notify_one();
            if let Some(last) = records.last_mut() {
                *last ^= 1;
            }
            stream.pass(&records).await?;
            stream.gone().await?;
        }
        Does::EndsSession { by, at } => {
            if at == At::Answer {
                send(stream, task, &whole[..middle]).await?;
            }
            let last = match by {
                Word::Alert => stream.alert(),
                Word::Notice => stream.close_notify(),
            };
            stream.pass(&last).await?;
            if by == Word::Notice {
                stream.gone().await?;
            }
        }
        Does::Rotates => {
            let code = "InvalidSecurityToken.Expired";
            let text = format!(r#"{{"Code":"{code}","RequestId":"{}"}}"#, task.id);
            send(stream, task, &answer(403, "", &text)).await?;
            return Ok(true);
        }
        Does::SetsClock { .. } => {
            let text = format!(r#"{{"Code":"IllegalTimestamp","RequestId":"{}"}}"#, task.id);
            let bytes = answer(400, &format!("date: {}\r\n", state.date()), &text);
            send(stream, task, &bytes).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

async fn deliver(
    stream: &mut Stream,
    task: &Task,
    state: &State,
    delivery: Delivery,
) -> io::Result<bool> {
    let good = &good(task);
    let whole = answer(200, "content-type: application/json\r\n", good);
    match delivery {
        Delivery::Whole => send(stream, task, &whole).await?,
        Delivery::ByteByByte => {
            // A large one would take long, and show no more.
            let (single, rest) = whole.split_at(whole.len().min(400));
            for byte in single.chunks(1) {
                stream.write_all(byte).await?;
                tokio::task::yield_now().await;
            }
            send(stream, task, rest).await?;
        }
        Delivery::Chunked => {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            for chunk in good.as_bytes().chunks(good.len().div_ceil(7)) {
                let size = format!("{:x}\r\n", chunk.len());
                stream.write_all(size.as_bytes()).await?;
                send(stream, task, chunk).await?;
                stream.write_all(b"\r\n").await?;
            }
            stream.write_all(b"0\r\n\r\n").await?;
        }
        Delivery::Continued => {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
            send(stream, task, &whole).await?;
        }
        Delivery::Mislabelled => {
            let bytes = answer(200, "content-type: text/html\r\n", good);
            send(stream, task, &bytes).await?;
        }
        Delivery::UntilTheEnd => {
            let text = format!("HTTP/1.1 200 OK\r\n\r\n{good}");
            send(stream, task, text.as_bytes()).await?;
            return Ok(false);
        }
        Delivery::ThenCloses => {
            send(stream, task, &whole).await?;
            return Ok(false);
        }
        Delivery::ThenResets => {
            send(stream, task, &whole).await?;
            stream.set_zero_linger()?;
            return Ok(false);
        }
        Delivery::Piecemeal => {
            let records = stream.sealed(&whole);
            let (single, rest) = records.split_at(records.len().min(400));
            for byte in single.chunks(1) {
                stream.pass(byte).await?;
                tokio::task::yield_now().await;
            }
            task.midway.notify_one();
            stream.pass(rest).await?;
        }
        Delivery::WithOtherKeys => {
            let (first, second) = whole.split_at(whole.len() / 2);
            stream.write_all(first).await?;
            stream.replace_keys()?;
            task.midway.notify_one();
            stream.write_all(second).await?;
        }
        Delivery::ThenNotifies { at_once: true } => {
            let records = [stream.sealed(&whole), stream.close_notify()].concat();
            stream.pass(&records).await?;
            task.midway.notify_one();
            if stream.read_buf(&mut Vec::new()).await? > 0 {
                let after = &task.id;
                state.complain(format!("something was sent on what had ended with {after}"));
            }
            return Ok(false);
        }
        Delivery::ThenNotifies { at_once: false } => {
            send(stream, task, &whole).await?;
            let notice = stream.close_notify();
            stream.pass(&notice).await?;
            stream.gone().await?;
            return Ok(false);
        }
        Delivery::ThenAlerts => {
            let records = [stream.sealed(&whole), stream.alert()].concat();
            stream.pass(&records).await?;
            task.midway.notify_one();
            return Ok(false);
        }
        Delivery::ThenAnother => {
            let other = answer(200, "", r#"{"Code":"OK","RequestId":"another's"}"#);
            send(stream, task, &[whole, other].concat()).await?;
        }
    }
    Ok(true)
}

/// The body of a good answer, which names the call.
fn good(task: &Task) -> String {
    let padding = "x".repeat(if task.large { 40_000 } else { 20 });
    format!(
        r#"{{"Code":"OK","RequestId":"{}","Padding":"{padding}"}}"#,
        task.id
    )
}

fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\n{headers}\r\n{body}").into()
}

/// Sends this in two parts, and tells between them that it is half sent.
async fn send(stream: &mut Stream, task: &Task, bytes: &[u8]) -> io::Result<()> {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    stream.write_all(first).await?;
    task.midway.notify_one();
    stream.write_all(second).await
}

async fn flood(stream: &mut Stream, chunked: bool) -> io::Result<()> {
    let head = if chunked {
        "transfer-encoding: chunked".to_owned()
    } else {
        format!("content-length: {FLOOD}")
    };
    let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let part = [b' '; 1024];
    for _ in 0..FLOOD / part.len() {
        if chunked {
            stream.write_all(b"400\r\n").await?;
        }
        stream.write_all(&part).await?;
        if chunked {
            stream.write_all(b"\r\n").await?;
        }
    }
    stream.gone().await
}
