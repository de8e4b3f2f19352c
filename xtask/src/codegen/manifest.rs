//! The features of the generated crate's manifest, which is written by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use alibabacloud_codegen::FEATURES;
use alibabacloud_codegen::model::Api;

use crate::Failure;

/// The features of a crate and what each turns on.
///
/// # Errors
///
/// When the manifest can't be read.
pub fn features(package: &Path) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let path = package.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let manifest: toml::Table = text.parse().map_err(|error| {
        Failure::environment(format!("error: {} isn't TOML: {error}", path.display()))
    })?;
    let features = manifest.get("features").and_then(toml::Value::as_table);
    let entries = features.into_iter().flatten().map(|(name, value)| {
        let listed = value.as_array().into_iter().flatten();
        let listed = listed.filter_map(|entry| entry.as_str().map(str::to_owned));
        (name.clone(), listed.collect())
    });
    Ok(entries.collect())
}

/// The version of a crate, its workspace's where it has none of its own; none where that isn't told.
pub fn version(package: &Path) -> Option<String> {
    let told = |folder: &Path, way: &[&str]| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let manifest = toml::Value::Table(text.parse().ok()?);
        let value = way
            .iter()
            .try_fold(&manifest, |value, key| value.get(key))?;
        value.as_str().map(str::to_owned)
    };
    told(package, &["package", "version"]).or_else(|| {
        let above = package.ancestors().skip(1);
        above
            .map(|folder| told(folder, &["workspace", "package", "version"]))
            .find_map(|version| version)
    })
}

/// Holds the features against the groups: one each, all of them in `full`, and none besides.
pub(super) fn check(package: &Path, api: &Api) -> Result<(), Failure> {
    if !package.join("Cargo.toml").exists() {
        return Ok(());
    }
    let features = features(package)?;
    let full = features.get("full").map(Vec::as_slice).unwrap_or_default();
    let mut wrong = Vec::new();
    for group in &api.groups {
        let feature = &group.feature;
        if !features.contains_key(feature) {
            wrong.push(format!(
                "add the feature `{feature} = []` for the tag `{}`",
                group.tag
            ));
        }
        if !full.contains(feature) {
            wrong.push(format!("add `\"{feature}\"` to the feature `full`"));
        }
    }
    let known = |name: &String| {
        FEATURES.contains(&name.as_str()) || api.groups.iter().any(|group| group.feature == *name)
    };
    let unknown = features.keys().filter(|name| !known(name));
    wrong.extend(unknown.map(|name| format!("remove the feature `{name}`, which is no tag's")));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::found(format!(
        "error: the features of {} aren't the tags of the description\n  help: {}",
        package.join("Cargo.toml").display(),
        wrong.join("\n  help: "),
    )))
}
