//! The workflow of the forge runs what is there: commands with the flags that they have, the Rust that
//! the manifest promises.

use std::fs;

use cams_tests::fixtures::folder;
use clap::Parser as _;
use serde_yaml::Value as Yaml;
use xtask::commands::Arguments;

fn read(path: &str) -> String {
    let path = folder().join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn workflow() -> Yaml {
    serde_yaml::from_str(&read(".github/workflows/ci.yml")).expect("YAML")
}

/// The steps of all jobs, by the jobs' names.
fn steps(workflow: &Yaml) -> Vec<(String, &Yaml)> {
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    let steps = jobs.iter().flat_map(|(name, job)| {
        let name = name.as_str().expect("a name").to_owned();
        let steps = job["steps"].as_sequence().expect("steps").iter();
        steps.map(move |step| (name.clone(), step))
    });
    steps.collect()
}

/// The command lines of all steps, as words.
fn commands(workflow: &Yaml) -> Vec<Vec<String>> {
    let runs = steps(workflow).into_iter();
    let runs = runs.filter_map(|(_, step)| step["run"].as_str());
    let words = |line: &str| -> Vec<String> {
        // What a redirection says isn't the command's.
        let line = line.split(" >").next().unwrap_or_default();
        line.split_whitespace()
            .map(|word| word.trim_matches('"').to_owned())
            .collect()
    };
    runs.flat_map(str::lines).map(words).collect()
}

#[test]
fn it_runs_commands_that_are_there() {
    let mut seen = 0;
    for words in commands(&workflow()) {
        let [cargo, xtask, arguments @ ..] = words.as_slice() else {
            continue;
        };
        if cargo != "cargo" || xtask != "xtask" {
            continue;
        }
        seen += 1;
        let line = ["cargo xtask"].into_iter();
        let parsed = Arguments::try_parse_from(line.chain(arguments.iter().map(String::as_str)));
        if let Err(error) = parsed {
            panic!("{words:?}: {error}");
        }
    }
    assert!(seen >= 2, "{seen} commands of `xtask`");
}

#[test]
fn it_runs_what_ci_runs_everywhere() {
    let workflow = workflow();
    let whole = commands(&workflow)
        .into_iter()
        .any(|words| words == [".ci/run"]);
    assert!(whole, "no job runs `.ci/run`");
    assert!(read(".ci/run").lines().any(|line| line == "cargo xtask ci"));
    let on = workflow.get("on").expect("events");
    assert!(on.get("push").is_some() && on.get("pull_request").is_some());
}

#[test]
fn it_may_read_and_nothing_else() {
    let workflow = workflow();
    let permissions = workflow["permissions"].as_mapping().expect("permissions");
    let [(what, how)] = permissions.iter().collect::<Vec<_>>()[..] else {
        panic!("{permissions:?}");
    };
    assert_eq!(
        (what.as_str(), how.as_str()),
        (Some("contents"), Some("read"))
    );
    for (job, step) in steps(&workflow) {
        if let Some(action) = step["uses"].as_str() {
            let (_, version) = action.split_once('@').expect("a version");
            assert!(version.starts_with('v'), "{job}: {action}");
            assert_eq!(
                step["with"]["persist-credentials"], false,
                "{job}: {action}"
            );
        }
        // What a pull request says reaches the shell through variables only.
        let run = step["run"].as_str().unwrap_or_default();
        assert!(!run.contains("${{"), "{job}: {run}");
    }
    for (name, job) in workflow["jobs"].as_mapping().expect("jobs") {
        assert!(job["timeout-minutes"].is_u64(), "{name:?}");
        assert!(job.get("permissions").is_none(), "{name:?}");
    }
}

#[test]
fn the_oldest_rust_is_the_one_that_is_promised() {
    let manifest = read("Cargo.toml");
    let (_, rest) = manifest
        .split_once("rust-version = \"")
        .expect("it is there");
    let (promised, _) = rest.split_once('"').expect("a string");
    let toolchain = format!("+{promised}");
    let commands = commands(&workflow());
    let mut tried = commands.iter().filter(|words| words.contains(&toolchain));
    let tried = tried
        .next()
        .unwrap_or_else(|| panic!("no job tries {promised}"));
    for package in ["alibabacloud-runtime", "alibabacloud-cams"] {
        assert!(tried.iter().any(|word| word == package), "{tried:?}");
    }
}

#[test]
fn the_difference_is_taken_to_the_base_of_the_pull_request() {
    let workflow = workflow();
    let job = &workflow["jobs"]["what-changes"];
    let steps = job["steps"].as_sequence().expect("steps");
    assert!(
        steps.iter().any(|step| step["with"]["fetch-depth"] == 0),
        "the base isn't fetched"
    );
    let step = steps.last().expect("a step");
    let run = step["run"].as_str().expect("a command");
    assert_eq!(
        step["env"]["BASE"],
        "${{ github.event.pull_request.base.sha }}"
    );
    assert!(
        run.contains("\"$BASE\"") && run.ends_with(">> \"$GITHUB_STEP_SUMMARY\""),
        "{run}"
    );
}
