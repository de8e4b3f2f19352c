//! Nothing but its test, which CI runs by itself: `cargo test -p alibabacloud-no-provider --features
//! alone`.
