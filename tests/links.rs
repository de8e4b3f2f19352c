//! Links, pipes and what else a Unix has in its folders: none of it is followed out of the crate,
//! opened in vain or overwritten.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use cams_tests::copy::Copy;
use xtask::codegen::Mode;

/// A generated file.
const OPERATION: &str = "generated/src/chat_groups/delete_chat_group.rs";

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo can be started").success());
}

#[test]
fn what_is_no_description_is_not_even_opened() {
    let copy = Copy::take();
    let specs = copy.path("specs/cams");
    symlink("somebody@host.1", specs.join(".#openapi.yaml")).expect("writable");
    symlink("/dev/zero", specs.join(".hidden.yaml")).expect("writable");
    symlink("/dev/zero", specs.join("zero.txt")).expect("writable");
    symlink("nowhere", specs.join("operations/dangling")).expect("writable");
    pipe(&specs.join("pipe"));
    let said = copy.sync(Mode::Check).expect("the description is the same");
    assert!(said.ends_with("0 written, 0 removed"), "{said}");
}

#[test]
fn a_description_that_is_no_file_is_named() {
    for mode in [Mode::Check, Mode::Write] {
        let copy = Copy::take();
        pipe(&copy.path("specs/cams/operations/Pipe.yaml"));
        let said = copy.refuses(mode);
        let named = "Pipe.yaml is neither a file nor a folder";
        assert!(said.contains(named), "{said}");

        let copy = Copy::take();
        symlink("/dev/zero", copy.path("specs/cams/zero.json")).expect("writable");
        let said = copy.refuses(mode);
        let named = "zero.json is neither a file nor a folder";
        assert!(said.contains(named), "{said}");

        let copy = Copy::take();
        symlink("nowhere", copy.path("specs/cams/dangling.yml")).expect("writable");
        let said = copy.refuses(mode);
        assert!(said.contains("dangling.yml: "), "{said}");

        let copy = Copy::take();
        symlink(".", copy.path("specs/cams/round")).expect("writable");
        let said = copy.refuses(mode);
        assert!(said.contains("round is a link to a folder"), "{said}");
    }
}

#[test]
fn a_link_to_a_description_is_followed() {
    let copy = Copy::take();
    let entry = copy.path("specs/cams/openapi.yaml");
    fs::rename(&entry, copy.path("elsewhere")).expect("writable");
    symlink("../../elsewhere", &entry).expect("writable");
    copy.sync(Mode::Check).expect("the description is the same");
}

#[test]
fn a_link_among_the_sources_is_refused_and_never_followed() {
    let outside = "outside/delete_chat_group.rs";
    for (link, leads) in [
        // As a file that is wanted, right and wrong.
        ("chat_groups/delete_chat_group.rs", outside),
        ("client.rs", outside),
        // As one that isn't, as one on the way there, and to nothing.
        ("stale.rs", outside),
        ("client.rs.new", outside),
        ("nothing.rs", "outside/nothing.rs"),
        // As a folder that is wanted and one that isn't.
        ("chat_groups", "outside"),
        ("old_groups", "outside"),
    ] {
        let copy = Copy::take();
        fs::create_dir(copy.path("outside")).expect("writable");
        fs::copy(copy.path(OPERATION), copy.path(outside)).expect("copied");
        fs::remove_file(copy.path("generated/src/required.rs")).expect("removable");
        let at = copy.path("generated/src").join(link);
        if at.is_dir() {
            fs::remove_dir_all(&at).expect("removable");
        } else if at.exists() {
            fs::remove_file(&at).expect("removable");
        }
        symlink(copy.path(leads), &at).expect("writable");
        for mode in [Mode::Check, Mode::Write] {
            let said = copy.refuses(mode);
            assert!(said.contains(&format!("{link} (a link)")), "{said}");
        }
    }
}

#[test]
fn a_link_is_found_where_all_else_is_fresh() {
    let copy = Copy::take();
    symlink("lib.rs", copy.path("generated/src/again.rs")).expect("writable");
    let said = copy.refuses(Mode::Check);
    assert!(said.contains("again.rs (a link)"), "{said}");

    let copy = Copy::take();
    fs::rename(copy.path("generated/src"), copy.path("moved")).expect("writable");
    symlink("../moved", copy.path("generated/src")).expect("writable");
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.refuses(mode);
        assert!(said.contains("src isn't a folder"), "{said}");
    }
}

#[test]
fn a_pipe_among_the_sources_is_refused() {
    let copy = Copy::take();
    pipe(&copy.path("generated/src/pipe.rs"));
    for mode in [Mode::Check, Mode::Write] {
        let said = copy.refuses(mode);
        assert!(said.contains("pipe.rs (neither"), "{said}");
    }
}
