//! Profiles of the vendor's command-line tool.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::aside::aside;
use super::http::Url;
use super::process::Process;
use super::providers::Providers;
use super::role::Role;
use super::sso::CloudSso;
use super::wiped::Wiped;
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
        let source = file.source(profile, &self.providers, Vec::new())?;
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
    file: Wiped,
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
        let file: Wiped = serde_json::from_str(&text)
            .map_err(|error| wrong(&format!("is no JSON that can be read: {error}")))?;
        if !file.is_object() {
            return Err(wrong("should hold a JSON object"));
        }
        let Some(listed) = file.get("profiles").and_then(Value::as_array) else {
            return Err(wrong("has no list `profiles`"));
        };
        if !listed.iter().all(Value::is_object) {
            return Err(wrong("has something in `profiles` that is no JSON object"));
        }
        Ok(Self { path, file })
    }

    /// The profile of this name, else the current one, else the one named `default`.
    fn profile(&self, name: Option<&str>) -> Result<Profile<'_>> {
        let current = self.file.get("current").and_then(Value::as_str);
        let current = current.filter(|name| !name.is_empty());
        let name = name.or(current).unwrap_or("default");
        let listed = self.file.get("profiles").and_then(Value::as_array);
        let found = listed
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
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

    /// What gives the keys of a profile. `before` are those that lead to it.
    fn source<'a>(
        &'a self,
        profile: Profile<'a>,
        providers: &Providers,
        mut before: Vec<&'a str>,
    ) -> Result<Box<dyn ProvideCredentials>> {
        Ok(match profile.need("mode")? {
            "AK" => Box::new(profile.pair()?),
            "StsToken" => Box::new(Credentials::temporary(
                profile.need("access_key_id")?,
                profile.need("access_key_secret")?,
                profile.need("sts_token")?,
            )),
            "RamRoleArn" => Box::new(providers.role(profile.base()?, profile.role()?)?),
            "ChainableRamRoleArn" => {
                before.push(profile.name);
                let next = profile.need("source_profile")?;
                if before.contains(&next) {
                    return Err(profile.wrong(&format!(
                        "leads back to the profile `{next}` by its `source_profile`"
                    )));
                }
                let base = self.source(self.profile(Some(next))?, providers, before)?;
                Box::new(providers.role(base, profile.role()?)?)
            }
            "EcsRamRole" => Box::new(providers.ecs(profile.text("ram_role_name"))?),
            "OIDC" => Box::new(providers.oidc(
                profile.role()?,
                profile.need("oidc_provider_arn")?.to_owned(),
                PathBuf::from(profile.need("oidc_token_file")?),
            )?),
            "CloudSSO" => Box::new(profile.sso(providers)?),
            "External" => Box::new(Process::new(
                profile.need("process_command")?,
                Arc::clone(&providers.clock),
            )),
            "OAuth" => {
                return Err(profile.wrong(
                    "isn't supported: only the command-line tool can renew what it holds, in its \
                     own file; use a profile of another mode",
                ));
            }
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

    /// What a role is assumed with.
    fn base(&self) -> Result<Credentials> {
        let pair = self.pair()?;
        Ok(match self.text("sts_token") {
            Some(token) => {
                Credentials::temporary(pair.access_key_id(), pair.access_key_secret(), token)
            }
            None => pair,
        })
    }

    fn role(&self) -> Result<Role> {
        let text = |key: &str| self.text(key).map(str::to_owned);
        let seconds = self.fields.get("expired_seconds").and_then(Value::as_u64);
        Ok(Role {
            // The vendor's libraries disagree about its name.
            session_name: text("ram_session_name").or_else(|| text("role_session_name")),
            duration: seconds.filter(|&s| s > 0).map(Duration::from_secs),
            policy: text("policy"),
            external_id: text("external_id"),
            region: text("sts_region"),
            vpc: self.fields.get("enable_vpc").and_then(Value::as_bool),
            ..Role::new(self.need("ram_role_arn")?)
        })
    }

    fn sso(&self, providers: &Providers) -> Result<CloudSso> {
        let what = format!("the `cloud_sso_sign_in_url` of the profile `{}`", self.name);
        let end = self.fields.get("cloud_sso_access_token_expire");
        Ok(CloudSso {
            http: providers.http.clone(),
            clock: Arc::clone(&providers.clock),
            sign_in: Url::parse(&what, self.need("cloud_sso_sign_in_url")?, false)?,
            account: self.need("cloud_sso_account_id")?.to_owned(),
            configuration: self.need("cloud_sso_access_config")?.to_owned(),
            token: Zeroizing::new(self.need("access_token")?.to_owned()),
            end: end
                .and_then(Value::as_u64)
                .ok_or_else(|| self.wrong("lacks the number `cloud_sso_access_token_expire`"))?,
        })
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
