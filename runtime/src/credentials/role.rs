//! A RAM role to be assumed.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use crate::clock::Clock;
use crate::endpoint::check_region;
use crate::{Error, Result};

/// A RAM role, and how to assume it.
#[derive(Clone)]
#[must_use = "a role does nothing until a source of keys is made with it"]
pub struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) region: Option<String>,
    pub(super) vpc: Option<bool>,
}

impl Role {
    /// The role with this ARN, as in `acs:ram::1234567890123456:role/sender`.
    pub fn new(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            session_name: None,
            duration: None,
            policy: None,
            external_id: None,
            region: None,
            vpc: None,
        }
    }

    /// The name under which the account's logs show what is done. Default: made of the time.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// How long keys live: at least 15 minutes, at most what the role allows. Default: the
    /// service's own, one hour.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// A policy, as JSON, that narrows what the keys may do.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// The ID that a role of another account may ask for.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// The region whose Security Token Service is asked. Default: `ALIBABA_CLOUD_STS_REGION`, else
    /// the one endpoint for all.
    pub fn sts_region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Whether to ask inside of a VPC, which needs a region. Default:
    /// `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED`.
    pub fn vpc(mut self, inside: bool) -> Self {
        self.vpc = Some(inside);
        self
    }

    /// The same with a name of the session.
    pub(super) fn named(mut self, clock: &dyn Clock) -> Self {
        self.session_name.get_or_insert_with(|| {
            let now = clock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
            format!("credentials-rust-{}", now.as_secs())
        });
        self
    }

    /// What both ways of assuming a role send.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut parameters = vec![("RoleArn", self.arn.clone())];
        let mut add = |name, value: Option<String>| {
            parameters.extend(value.map(|value| (name, value)));
        };
        add("RoleSessionName", self.session_name.clone());
        add("Policy", self.policy.clone());
        let seconds = self.duration.map(|duration| duration.as_secs().to_string());
        add("DurationSeconds", seconds);
        parameters
    }

    /// The host of the Security Token Service.
    pub(super) fn host(&self, region: Option<&str>, vpc: bool) -> Result<String> {
        let Some(region) = self.region.as_deref().or(region) else {
            return Ok("sts.aliyuncs.com".to_owned());
        };
        check_region(region).map_err(|_| {
            Error::credentials(
                "the region of STS must be made of lower-case letters, digits and hyphens",
            )
        })?;
        let prefix = if self.vpc.unwrap_or(vpc) {
            "sts-vpc"
        } else {
            "sts"
        };
        Ok(format!("{prefix}.{region}.aliyuncs.com"))
    }
}

impl fmt::Debug for Role {
    /// Whose role it is, not what it takes to have it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Role")
            .field("arn", &self.arn)
            .field("session_name", &self.session_name)
            .field("duration", &self.duration)
            .finish_non_exhaustive()
    }
}
