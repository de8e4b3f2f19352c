//! The transport of whoever brings none: reqwest for those who await, ureq for those who block.

use std::time::Duration;

use super::{Request, Response, Settings, Transport, TransportError};
#[cfg(feature = "blocking")]
use crate::blocking;
use crate::clock::Sleep;
use crate::{BoxFuture, Error};

#[cfg(feature = "blocking")]
use super::UreqTransport;
#[cfg(feature = "_reqwest")]
use super::{ReqwestTransport, TokioSleep};

/// The libraries that there are. Which of them sends is decided when it is asked to: from within a
/// blocking call, ureq does.
#[derive(Clone, Debug)]
pub(crate) struct BuiltIn {
    #[cfg(feature = "_reqwest")]
    awaited: ReqwestTransport,
    #[cfg(feature = "blocking")]
    blocking: UreqTransport,
}

impl BuiltIn {
    #[cfg(not(any(feature = "_reqwest", feature = "blocking")))]
    pub(crate) fn new(_: Settings) -> Result<Self, Error> {
        Err(Error::configuration(
            "there is nothing to send with: enable the feature `reqwest` to await calls or \
             `blocking` for calls that block, or give a `transport` of your own",
        ))
    }

    #[cfg(any(feature = "_reqwest", feature = "blocking"))]
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self {
            #[cfg(feature = "blocking")]
            blocking: UreqTransport::new(&settings)?,
            #[cfg(feature = "_reqwest")]
            awaited: ReqwestTransport::new(settings)?,
        })
    }

    /// Whether what asks can await an exchange.
    #[cfg(feature = "blocking")]
    pub(crate) fn can_be_awaited() -> bool {
        #[cfg(feature = "_reqwest")]
        let can = tokio::runtime::Handle::try_current().is_ok();
        #[cfg(not(feature = "_reqwest"))]
        let can = false;
        can
    }
}

impl Transport for BuiltIn {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        #[cfg(feature = "blocking")]
        if blocking::is_here() {
            return self.blocking.send(request);
        }
        #[cfg(feature = "_reqwest")]
        return self.awaited.send(request);
        #[cfg(not(feature = "_reqwest"))]
        return Box::pin(async {
            drop(request);
            Err(
                TransportError::new(super::TransportErrorKind::Unsendable).with_source(
                    "there is nothing to await it with: make a blocking call (`send_blocking`), \
                 enable the feature `reqwest`, or give a `transport` of your own",
                ),
            )
        });
    }

    fn timer(&self) -> Option<Box<dyn Sleep>> {
        Some(Box::new(Timer))
    }
}

/// Waits as the exchange before it did.
#[derive(Debug)]
struct Timer;

impl Sleep for Timer {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        #[cfg(feature = "blocking")]
        if blocking::is_here() {
            return Box::pin(blocking::wait(time));
        }
        #[cfg(feature = "_reqwest")]
        return TokioSleep.sleep(time);
        // What can't be awaited doesn't come to waiting.
        #[cfg(not(feature = "_reqwest"))]
        return Box::pin(async move { std::thread::sleep(time) });
    }
}
