//! Parsing URLs that differ in their queries alone, as do those of one client.

use std::sync::{Arc, OnceLock};

use reqwest::Url;

/// What stands before the query is parsed once: a host takes about as long as a short query.
#[derive(Clone, Debug, Default)]
pub(super) struct Urls(Arc<OnceLock<Url>>);

impl Urls {
    /// Parses `text`, as [`Url::parse`] does.
    pub(super) fn parse(&self, text: &str) -> Result<Url, impl std::error::Error + use<>> {
        let Some((start, query)) = text.split_once('?').filter(|(_, rest)| !rest.contains('#'))
        else {
            return Url::parse(text);
        };
        let mut url = match self.0.get() {
            Some(url) if url.as_str() == start => url.clone(),
            Some(_) => return Url::parse(text),
            None => {
                let url = Url::parse(start)?;
                // Where another call was faster, its URL is as good.
                let _ = self.0.set(url.clone());
                url
            }
        };
        url.set_query(Some(query));
        Ok(url)
    }
}
