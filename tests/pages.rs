//! Listings over several pages: what is asked for, what is handed out, and where it ends.
//!
//! The service is made up (`paged`), its code is generated, and a server on this machine plays the
//! pages.

#[path = "pages/endings.rs"]
mod endings;
#[path = "pages/numbers.rs"]
mod numbers;
#[path = "pages/scene.rs"]
mod scene;
#[path = "pages/streams.rs"]
mod streams;
#[path = "pages/tokens.rs"]
mod tokens;

use cams_tests::fixtures::folder;
use xtask::codegen::{Mode, sync};

#[test]
fn the_service_is_what_its_description_says() {
    let folder = folder().join("paged");
    let told = sync(&folder.join("spec"), &folder, Mode::Check);
    let help = "run `cargo xtask codegen --spec tests/paged/spec --out tests/paged`";
    told.unwrap_or_else(|failure| panic!("{failure}\n{help}"));
}
