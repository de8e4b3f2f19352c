//! Descriptions that are written otherwise, and say the same.

use alibabacloud_codegen::Sources;

/// The members of every mapping in reverse; the items of lists stay, since their order is theirs.
pub fn reversed(value: serde_yaml::Value) -> serde_yaml::Value {
    match value {
        serde_yaml::Value::Sequence(items) => items.into_iter().map(reversed).collect(),
        serde_yaml::Value::Mapping(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.reverse();
            let members = members
                .into_iter()
                .map(|(name, value)| (name, reversed(value)));
            serde_yaml::Value::Mapping(members.collect())
        }
        scalar => scalar,
    }
}

/// The same description, each file rewritten.
pub fn rewritten(sources: &Sources, write: impl Fn(serde_yaml::Value) -> String) -> Sources {
    let files = sources.iter().map(|(path, bytes)| {
        let value = serde_yaml::from_slice(bytes).expect("YAML");
        (path.clone(), write(value).into_bytes())
    });
    files.collect()
}
