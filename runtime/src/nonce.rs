//! A text that no other request has, so that a service can refuse one that it sees twice.

use std::fmt;
use std::sync::Arc;

use crate::encode::hex;
use crate::{Error, Result};

/// Makes nonces. A client asks for one per attempt: a repeated one is refused by the service.
///
/// Applications have no need to implement this; tests do, to get signatures that can be compared.
pub trait NonceSource: fmt::Debug + Send + Sync {
    /// The next nonce, made of characters that may stand in a header.
    ///
    /// # Errors
    ///
    /// When there is nothing to make it from.
    fn next(&self) -> Result<String>;
}

/// 128 bits from the operating system's random generator, as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomNonce;

impl NonceSource for RandomNonce {
    fn next(&self) -> Result<String> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| {
            Error::configuration("the operating system gives no random numbers for the nonce")
                .with_source(error)
        })?;
        Ok(hex(&random))
    }
}

impl<N: NonceSource + ?Sized> NonceSource for Arc<N> {
    fn next(&self) -> Result<String> {
        (**self).next()
    }
}
