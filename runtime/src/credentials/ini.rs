//! Keys in an INI file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::aside::aside;
use super::providers::Providers;
use super::role::Role;
use super::{Credentials, ProvideCredentials, files, variables};
use crate::{BoxFuture, Error, Result};

/// The vendor's libraries disagree about the name, so both are tried.
const AT_HOME: [&str; 2] = [".alibabacloud/credentials.ini", ".alibabacloud/credentials"];

/// A section of the file, which is read anew each time.
#[derive(Debug)]
pub(super) struct Ini {
    providers: Providers,
    section: Option<String>,
}

impl Ini {
    pub(super) fn new(providers: Providers, section: Option<&str>) -> Self {
        Self {
            providers,
            section: section.map(str::to_owned),
        }
    }

    async fn ask(&self) -> Result<Credentials> {
        let variables = &self.providers.variables;
        let name = match &self.section {
            Some(name) => name,
            None => variables.text(variables::PROFILE)?.unwrap_or("default"),
        };
        let paths = match variables.get(variables::INI_FILE) {
            Some(path) => vec![PathBuf::from(path)],
            None => AT_HOME
                .iter()
                .map(|path| variables.at_home(path))
                .collect::<Result<_>>()?,
        };
        let wanted = name.to_owned();
        let section = aside(move || Section::find(&paths, &wanted)).await?;
        section.source(&self.providers)?.provide().await
    }
}

impl ProvideCredentials for Ini {
    fn name(&self) -> &str {
        "profile"
    }

    fn provide(&self) -> BoxFuture<'_, Result<Credentials>> {
        Box::pin(self.ask())
    }
}

/// One section.
struct Section {
    path: PathBuf,
    name: String,
    values: Values,
}

impl Section {
    /// Reads it from the first of these files that is there.
    fn find(paths: &[PathBuf], name: &str) -> Result<Self> {
        for path in paths {
            if let Some(text) = files::read_if_there(path)? {
                let mut sections = parse(path, &text)?;
                let values = sections.remove(name).ok_or_else(|| {
                    Error::credentials(format!("{} has no section [{name}]", path.display()))
                })?;
                return Ok(Self {
                    path: path.clone(),
                    name: name.to_owned(),
                    values,
                });
            }
        }
        let paths: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        Err(Error::credentials(format!(
            "there is no file {}",
            paths.join(", nor ")
        )))
    }

    /// What gives its keys.
    fn source(&self, providers: &Providers) -> Result<Box<dyn ProvideCredentials>> {
        if self
            .text("enable")
            .is_some_and(|on| on.eq_ignore_ascii_case("false"))
        {
            return Err(self.wrong("is switched off by its `enable`"));
        }
        Ok(match self.need("type")? {
            "access_key" => Box::new(self.pair()?),
            "ram_role_arn" => Box::new(providers.role(self.pair()?, self.role()?)?),
            "ecs_ram_role" => Box::new(providers.ecs(self.text("role_name"))?),
            "oidc_role_arn" => Box::new(providers.oidc(
                self.role()?,
                self.need("oidc_provider_arn")?.to_owned(),
                PathBuf::from(self.need("oidc_token_file_path")?),
            )?),
            "rsa_key_pair" => {
                return Err(self.wrong(
                    "is of the type `rsa_key_pair`, which isn't supported: use another one",
                ));
            }
            _ => return Err(self.wrong("has a `type` that isn't known here")),
        })
    }

    fn text(&self, key: &str) -> Option<&str> {
        let text = self.values.get(key)?;
        (!text.is_empty()).then_some(text.as_str())
    }

    fn need(&self, key: &str) -> Result<&str> {
        self.text(key)
            .ok_or_else(|| self.wrong(&format!("lacks `{key}`")))
    }

    fn pair(&self) -> Result<Credentials> {
        Ok(Credentials::new(
            self.need("access_key_id")?,
            self.need("access_key_secret")?,
        ))
    }

    fn role(&self) -> Result<Role> {
        let text = |key: &str| self.text(key).map(str::to_owned);
        Ok(Role {
            session_name: text("role_session_name"),
            policy: text("policy"),
            ..Role::new(self.need("role_arn")?)
        })
    }

    fn wrong(&self, what: &str) -> Error {
        Error::credentials(format!(
            "the section [{}] in {} {what}",
            self.name,
            self.path.display()
        ))
    }
}

type Values = BTreeMap<String, Zeroizing<String>>;
type Sections = BTreeMap<String, Values>;

/// Reads `[section]` and `key = value`. A `#` or `;` begins a comment, at a line's beginning or after
/// a blank. Of a key that comes twice in a section, the later value counts.
fn parse(path: &Path, text: &str) -> Result<Sections> {
    let mut sections = Sections::new();
    let mut current: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        let line = without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        let wrong = |what: &str| {
            Error::credentials(format!("{}, line {}: {what}", path.display(), index + 1))
        };
        if let Some(rest) = line.strip_prefix('[') {
            let name = rest
                .strip_suffix(']')
                .ok_or_else(|| wrong("the name of a section lacks its closing bracket"))?;
            let name = name.trim().to_owned();
            sections.entry(name.clone()).or_default();
            current = Some(name);
            continue;
        }
        // The line isn't shown: it may be a secret.
        let (key, value) = line
            .split_once('=')
            .ok_or_else(|| wrong("neither a [section] nor `key = value`"))?;
        let section = current
            .as_ref()
            .and_then(|name| sections.get_mut(name))
            .ok_or_else(|| wrong("a value before the first [section]"))?;
        let value = Zeroizing::new(value.trim().to_owned());
        section.insert(key.trim().to_ascii_lowercase(), value);
    }
    Ok(sections)
}

fn without_comment(line: &str) -> &str {
    let begins = |at: usize| {
        line[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
    };
    let end = line
        .char_indices()
        .find(|&(at, c)| matches!(c, '#' | ';') && begins(at))
        .map_or(line.len(), |(at, _)| at);
    &line[..end]
}
