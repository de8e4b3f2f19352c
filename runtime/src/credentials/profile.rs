//! Profiles of the vendor's command-line tool.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::aside::aside;
use super::providers::Providers;
use super::{Credentials, ProvideCredentials, files, variables};
use crate::{BoxFuture, Error, Result};

/// A profile in `config.json`, read anew each time.
#[derive(Debug)]
pub(super) struct CliProfile {
    providers: Providers,
    name: Option<String>,
}

impl CliProfile {
    pub(super) fn new(providers: Providers, name: Option<&str>) -> Self {
        Self {
            providers,
            name: name.map(str::to_owned),
        }
    }

    async fn ask(&self) -> Result<Credentials> {
        let path = self
            .providers
            .file(variables::CONFIG_FILE, ".aliyun/config.json")?;
        let wanted = match &self.name {
            Some(name) => Some(name.as_str()),
            None => self.providers.variables.text(variables::PROFILE)?,
        };
        let file = aside(move || Config::read(path)).await?;
        let profile = file.profile(wanted)?;
        let source = file.source(profile, &self.providers, &mut Vec::new())?;
        source.provide().await
    }
}

impl ProvideCredentials for CliProfile {
    fn name(&self) -> &str {
        "cli_profile"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}

/// The file as it was read.
struct Config {
    path: PathBuf,
    current: Option<String>,
    profiles: Vec<Map<String, Value>>,
}

/// One profile of it.
#[derive(Clone, Copy)]
struct Profile<'a> {
    path: &'a Path,
    name: &'a str,
    fields: &'a Map<String, Value>,
}

impl Config {
    fn read(path: PathBuf) -> Result<Self> {
        let text = files::read(&path)?;
        let wrong = |what: &str| Error::credentials(format!("{} {what}", path.display()));
        // The parser's own words hold nothing of the text.
        let read = serde_json::from_str(&text)
            .map_err(|error| wrong(&format!("is no JSON that can be read: {error}")))?;
        let Value::Object(mut top) = read else {
            return Err(wrong("should hold a JSON object"));
        };
        let Some(Value::Array(listed)) = top.remove("profiles") else {
            return Err(wrong("has no list `profiles`"));
        };
        let current = match top.remove("current") {
            Some(Value::String(name)) if !name.is_empty() => Some(name),
            _ => None,
        };
        let mut profiles = Vec::new();
        for profile in listed {
            let Value::Object(fields) = profile else {
                return Err(wrong("has something in `profiles` that is no JSON object"));
            };
            profiles.push(fields);
        }
        Ok(Self {
            path,
            current,
            profiles,
        })
    }

    /// The profile of this name, else the current one, else the one named `default`.
    fn profile(&self, name: Option<&str>) -> Result<Profile<'_>> {
        let name = name.or(self.current.as_deref()).unwrap_or("default");
        let found = self
            .profiles
            .iter()
            .find_map(|fields| match fields.get("name") {
                Some(Value::String(own)) if own == name => Some((own, fields)),
                _ => None,
            });
        let (name, fields) = found.ok_or_else(|| {
            Error::credentials(format!("{} has no profile `{name}`", self.path.display()))
        })?;
        Ok(Profile {
            path: &self.path,
            name,
            fields,
        })
    }

    /// What gives the keys of a profile.
    fn source(
        &self,
        profile: Profile<'_>,
        _providers: &Providers,
        _seen: &mut Vec<String>,
    ) -> Result<Box<dyn ProvideCredentials>> {
        Ok(match profile.need("mode")? {
            "AK" => Box::new(profile.pair()?),
            "StsToken" => Box::new(Credentials::temporary(
                profile.need("access_key_id")?,
                profile.need("access_key_secret")?,
                profile.need("sts_token")?,
            )),
            _ => return Err(profile.wrong("has a mode that isn't known here")),
        })
    }
}

impl<'a> Profile<'a> {
    fn text(&self, key: &str) -> Option<&'a str> {
        let text = self.fields.get(key)?.as_str()?;
        (!text.is_empty()).then_some(text)
    }

    fn need(&self, key: &str) -> Result<&'a str> {
        self.text(key)
            .ok_or_else(|| self.wrong(&format!("lacks the text `{key}`")))
    }

    fn pair(&self) -> Result<Credentials> {
        Ok(Credentials::new(
            self.need("access_key_id")?,
            self.need("access_key_secret")?,
        ))
    }

    fn wrong(&self, what: &str) -> Error {
        let mode = match self.text("mode") {
            Some(mode) if mode.len() <= 32 => format!(" (mode {mode})"),
            _ => String::new(),
        };
        Error::credentials(format!(
            "the profile `{}`{mode} in {} {what}",
            self.name,
            self.path.display()
        ))
    }
}
