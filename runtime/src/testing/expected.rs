//! What a request has to be like.

use std::fmt;
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeToInclusive};
use std::sync::Arc;

use serde::Serialize;

use super::Received;
use crate::Operation;
use crate::model::{Field, Json, Sensitivity, parameters};

type Check = Arc<dyn Fn(&Received) -> bool + Send + Sync>;

/// What a request has to be like to meet an expectation.
///
/// ```
/// use alibabacloud_runtime::testing::Expected;
///
/// Expected::action("ListGroups")
///     .parameter("PageSize", "10")
///     .absent("Name")
///     .matching("a page after the first", |request| {
///         request.parameter("PageNumber") != Some("1")
///     });
/// ```
#[derive(Clone)]
#[must_use = "it is for `Script::expect`"]
pub struct Expected {
    action: Option<String>,
    /// Of the request's type, where that is known.
    fields: &'static [Field],
    rules: Vec<Rule>,
    /// Whether there may be no other parameters.
    exact: bool,
}

#[derive(Clone)]
enum Rule {
    Is(String, String),
    Json(String, Json),
    Absent(String),
    Matches(String, Check),
    /// It can't be met, for this reason.
    Broken(String),
}

impl Expected {
    /// Any request at all.
    pub fn any() -> Self {
        Self {
            action: None,
            fields: &[],
            rules: Vec::new(),
            exact: false,
        }
    }

    /// A request of the operation of this name.
    pub fn action(name: impl Into<String>) -> Self {
        Self {
            action: Some(name.into()),
            ..Self::any()
        }
    }

    /// A request of this type, such as `DeleteGroupRequest`.
    pub fn of<O: Operation>() -> Self {
        Self {
            fields: O::FIELDS,
            ..Self::action(O::ACTION)
        }
    }

    /// Exactly this request: these parameters and no others.
    pub fn request<O: Operation>(request: &O) -> Self {
        let mut expected = Self::of::<O>();
        expected.exact = true;
        match parameters(request) {
            Ok(parameters) => {
                for (name, value) in parameters.query.into_iter().chain(parameters.form) {
                    expected
                        .rules
                        .push(Rule::Is(name.into_owned(), value.into_owned()));
                }
            }
            Err(_) => expected.rules.push(Rule::Broken(
                "the expected request can't be written".to_owned(),
            )),
        }
        expected
    }

    /// With this parameter, by its name on the wire, in the query or in the form.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.rules.push(Rule::Is(name.into(), value.into()));
        self
    }

    /// With this parameter, which travels as JSON; the order of its members doesn't matter.
    pub fn json(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let name = name.into();
        self.rules.push(match serde_json::to_value(value) {
            Ok(value) => Rule::Json(name, value),
            Err(_) => Rule::Broken(format!("what is expected of {name} can't be written")),
        });
        self
    }

    /// Without this parameter.
    pub fn absent(mut self, name: impl Into<String>) -> Self {
        self.rules.push(Rule::Absent(name.into()));
        self
    }

    /// With whatever else you ask for; `what` names it in reports. The function must not use the
    /// script, which is looking through its expectations meanwhile.
    ///
    /// To look at a request by its fields, [read it back](Received::parse) into its type.
    pub fn matching(
        mut self,
        what: impl Into<String>,
        check: impl Fn(&Received) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.rules.push(Rule::Matches(what.into(), Arc::new(check)));
        self
    }

    /// How a request differs from this, a line each; none if it is what is expected.
    pub(super) fn differences(&self, request: &Received) -> Vec<String> {
        if let Some(action) = self
            .action
            .as_ref()
            .filter(|name| *name != request.action())
        {
            return vec![format!(
                "the operation is {}, not {action}",
                request.action()
            )];
        }
        let mut found = Vec::new();
        for rule in &self.rules {
            found.extend(self.difference(rule, request));
        }
        if self.exact {
            let known = |name: &str| {
                let mut rules = self.rules.iter();
                rules.any(|rule| matches!(rule, Rule::Is(known, _) if known == name))
            };
            let others = request.parameters().filter(|(name, _)| !known(name));
            found.extend(others.map(|(name, _)| format!("{name}: not expected, but it came")));
        }
        found
    }

    fn difference(&self, rule: &Rule, request: &Received) -> Option<String> {
        let (name, met) = match rule {
            Rule::Is(name, value) => (name, request.parameter(name) == Some(value)),
            Rule::Json(name, value) => {
                let came = request.parameter(name);
                let came = came.and_then(|text| serde_json::from_str::<Json>(text).ok());
                (name, came.as_ref() == Some(value))
            }
            Rule::Absent(name) => (name, request.parameter(name).is_none()),
            Rule::Matches(what, check) => {
                return (!check(request)).then(|| format!("it is not {what}"));
            }
            Rule::Broken(why) => return Some(why.clone()),
        };
        if met {
            return None;
        }
        let came = match request.parameter(name) {
            Some(value) => self.shown(name, value),
            None => "nothing".to_owned(),
        };
        Some(match rule {
            Rule::Absent(_) => format!("{name}: expected nothing, came {came}"),
            _ => {
                let expected = self.wanted(rule).unwrap_or_default();
                format!("{name}: expected {expected}, came {came}")
            }
        })
    }

    /// The value that a rule asks for, as it may be shown.
    fn wanted(&self, rule: &Rule) -> Option<String> {
        match rule {
            Rule::Is(name, value) => Some(self.shown(name, value)),
            Rule::Json(name, value) => Some(self.shown(name, &value.to_string())),
            _ => None,
        }
    }

    /// A value as a report shows it.
    fn shown(&self, name: &str, value: &str) -> String {
        const MOST: usize = 200;
        let field = self.fields.iter().find(|field| field.wire == name);
        match field.map_or(Sensitivity::Public, |field| field.sensitivity) {
            Sensitivity::Public if value.chars().count() > MOST => {
                let start: String = value.chars().take(MOST).collect();
                format!("{start:?}…")
            }
            Sensitivity::Public => format!("{value:?}"),
            Sensitivity::Personal => "[personal]".to_owned(),
            Sensitivity::Secret => "[secret]".to_owned(),
        }
    }
}

impl fmt::Display for Expected {
    /// In one line, as in `DeleteGroup with GroupId="E39901"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action.as_deref().unwrap_or("any request"))?;
        let mut before = " with ";
        for rule in &self.rules {
            f.write_str(before)?;
            before = ", ";
            match rule {
                Rule::Is(name, _) | Rule::Json(name, _) => {
                    write!(f, "{name}={}", self.wanted(rule).unwrap_or_default())?;
                }
                Rule::Absent(name) => write!(f, "no {name}")?,
                Rule::Matches(what, _) | Rule::Broken(what) => f.write_str(what)?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expected({self})")
    }
}

/// How many requests meet an expectation: a number, or a range of numbers such as `1..` or `..`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub(super) least: usize,
    pub(super) most: usize,
}

impl Times {
    const fn new(least: usize, most: usize) -> Self {
        Self { least, most }
    }
}

impl From<usize> for Times {
    fn from(times: usize) -> Self {
        Self::new(times, times)
    }
}

impl From<Range<usize>> for Times {
    fn from(times: Range<usize>) -> Self {
        Self::new(times.start, times.end.saturating_sub(1))
    }
}

impl From<RangeInclusive<usize>> for Times {
    fn from(times: RangeInclusive<usize>) -> Self {
        Self::new(*times.start(), *times.end())
    }
}

impl From<RangeToInclusive<usize>> for Times {
    fn from(times: RangeToInclusive<usize>) -> Self {
        Self::new(0, times.end)
    }
}

impl From<RangeFrom<usize>> for Times {
    fn from(times: RangeFrom<usize>) -> Self {
        Self::new(times.start, usize::MAX)
    }
}

impl From<RangeFull> for Times {
    fn from(_: RangeFull) -> Self {
        Self::new(0, usize::MAX)
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (0, usize::MAX) => f.write_str("any number of times"),
            (0, 0) => f.write_str("never"),
            (1, 1) => f.write_str("once"),
            (least, usize::MAX) => write!(f, "{least} times or more"),
            (least, most) if least == most => write!(f, "{least} times"),
            (least, most) => write!(f, "{least} to {most} times"),
        }
    }
}
