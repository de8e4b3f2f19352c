//! A client that keeps below the service's limits: how many calls begin when, and who waits.
//!
//! The time is Tokio's, paused: it passes as soon as everything waits.

#[path = "limits/scene.rs"]
mod scene;
#[path = "limits/settings.rs"]
mod settings;

use std::sync::atomic::AtomicU32;
use std::task::{Context, Waker};
use std::time::Duration;

use alibabacloud_runtime::{RateLimits, RetryPolicy};
use scene::{Brief, Five, Free, Paused, Scene, Slow, Ten, asking, down, most_in_a_second};
use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn without_limits_nobody_waits() {
    let scene = Scene::new(|builder| builder);
    scene.calls::<Ten>(64).await;
    assert_eq!(scene.begun(), [0; 64]);
}

#[tokio::test(start_paused = true)]
async fn as_many_as_are_documented_begin_within_any_second() {
    let scene = Scene::limited(RateLimits::documented());
    // At once, 64 callers; then more of them, at times of their own.
    scene.calls::<Ten>(64).await;
    let begun = scene.begun();
    let steps: Vec<u128> = (0..64).map(|number| number / 10 * 1000).collect();
    assert_eq!(begun, steps);
    for number in 0..40 {
        tokio::time::sleep(Duration::from_millis(number * 37 % 180)).await;
        scene
            .calls::<Ten>(usize::try_from(number % 4).expect("small"))
            .await;
    }
    let begun = scene.begun();
    assert_eq!(begun.len(), 64 + 60);
    assert_eq!(most_in_a_second(&begun), 10);
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_first_begins_first() {
    let scene = Scene::limited(RateLimits::documented());
    let calls: Vec<_> = (0..30)
        .map(|name| scene.spawn_named::<Five>(name))
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    let names: Vec<i64> = (0..30).collect();
    assert_eq!(scene.names(), names);
}

#[tokio::test(start_paused = true)]
async fn operations_are_independent_and_clones_are_not() {
    let scene = Scene::limited(RateLimits::documented());
    let (one, other) = (scene.clone_client(), scene.clone_client());
    tokio::join!(
        scene::calls::<Ten>(&one, 8),
        scene::calls::<Ten>(&other, 8),
        scene::calls::<Five>(&one, 5),
        scene::calls::<Free>(&other, 50),
    );
    let begun = scene.begun();
    assert_eq!(begun.iter().filter(|time| **time == 0).count(), 10 + 5 + 50);
    assert_eq!(begun.iter().filter(|time| **time == 1000).count(), 6);
}

#[tokio::test(start_paused = true)]
async fn keys_that_end_while_a_call_waits_are_not_sent() {
    let keys = Brief {
        clock: Paused(Instant::now()),
        asked: AtomicU32::new(0),
    };
    let limits = RateLimits::documented().limit::<Free>(1);
    let scene = Scene::new(|builder| builder.rate_limit(limits).credentials(keys));
    scene.calls::<Free>(3).await;
    assert_eq!(scene.begun(), [0, 1000, 2000]);
    assert_eq!(scene.keys(), ["id-0", "id-1", "id-3"]);
}

#[tokio::test(start_paused = true)]
async fn repetitions_count() {
    let scene = Scene::limited(RateLimits::documented().limit::<Free>(2));
    scene.answer([down(), down()]);
    scene.calls::<Free>(1).await;
    // The jitter is none, so that nothing but the limit waits.
    assert_eq!(scene.begun(), [0, 0, 1000]);
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_leaves_the_place_to_those_behind() {
    let scene = Scene::limited(RateLimits::documented().limit::<Free>(1));
    scene.calls::<Free>(1).await;
    let first = scene.spawn_named::<Free>(1);
    let second = scene.spawn_named::<Free>(2);
    let third = scene.spawn_named::<Free>(3);
    tokio::time::sleep(SECOND / 2).await;
    first.abort();
    second.await.expect("no panic").expect("an answer");
    assert_eq!(scene.begun(), [0, 1000]);
    third.await.expect("no panic").expect("an answer");
    assert_eq!(
        (scene.begun(), scene.names()),
        (vec![0, 1000, 2000], vec![0, 2, 3])
    );
}

#[tokio::test(start_paused = true)]
async fn calls_that_nobody_polls_hold_up_nobody_else() {
    let scene = Scene::limited(RateLimits::documented().limit::<Free>(2));
    scene.calls::<Free>(2).await;
    let client = scene.clone_client();
    // Begun and left alone, as by a program that does something else between two answers.
    let mut left: Vec<_> = (1..=5)
        .map(|name| client.call(Free::from(name)).into_future())
        .collect();
    let mut context = Context::from_waker(Waker::noop());
    for call in &mut left {
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    let behind = tokio::time::timeout(60 * SECOND, scene.spawn_named::<Free>(6));
    let behind = behind.await.expect("its turn comes");
    behind.expect("no panic").expect("an answer");
    assert_eq!(scene.begun(), [0, 0, 3000]);
    // Nor have they lost their turn, and the limit holds for them too.
    for call in left {
        call.await.expect("an answer");
    }
    assert_eq!(scene.names(), [0, 0, 6, 1, 2, 3, 4, 5]);
    assert_eq!(most_in_a_second(&scene.begun()), 2);
}

#[tokio::test(start_paused = true)]
async fn all_who_give_up_leave_nothing_behind() {
    let scene = Scene::limited(RateLimits::documented());
    scene.calls::<Five>(5).await;
    let waiting: Vec<_> = (0..100)
        .map(|name| scene.spawn_named::<Five>(name))
        .collect();
    tokio::time::sleep(SECOND / 10).await;
    for call in waiting {
        call.abort();
    }
    tokio::time::sleep(SECOND).await;
    scene.calls::<Five>(5).await;
    assert_eq!(scene.begun(), [0, 0, 0, 0, 0, 1100, 1100, 1100, 1100, 1100]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_would_begin_too_late_fails_at_once() {
    let scene = Scene::limited(RateLimits::documented());
    scene.calls::<Five>(5).await;
    let error = scene
        .call_within::<Five>(SECOND)
        .await
        .expect_err("too late");
    assert_eq!((scene.now(), scene.begun().len()), (0, 5));
    assert!(
        error.is_timeout() && !error.may_have_been_carried_out(),
        "{error}"
    );
    assert!(!error.is_configuration() && !error.is_service());
    let text = error.to_string();
    assert!(
        text.contains("rate limit") && text.contains("for another 1s"),
        "{text}"
    );
    // It took no place.
    scene
        .call_within::<Five>(2 * SECOND)
        .await
        .expect("an answer");
    assert_eq!(scene.now(), 1000);
}

#[tokio::test(start_paused = true)]
async fn a_repetition_that_would_begin_too_late_leaves_the_first_error() {
    let scene = Scene::limited(RateLimits::documented().limit::<Free>(1));
    scene.answer([down()]);
    let error = scene
        .call_within::<Free>(SECOND)
        .await
        .expect_err("too late");
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
    assert!(
        error.to_string().contains("time for the call is too short"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_share_is_cut_to_whole_calls_or_stretched() {
    let scene = Scene::limited(RateLimits::documented().share(0.25));
    scene.calls::<Ten>(6).await;
    assert_eq!(scene.begun(), [0, 0, 1000, 1000, 2000, 2000]);

    let scene = Scene::limited(RateLimits::documented().share(0.1));
    scene.calls::<Ten>(3).await;
    assert_eq!(scene.begun(), [0, 1000, 2000]);

    // Half a call a second is one in two.
    let scene = Scene::limited(RateLimits::documented().share(0.1));
    scene.calls::<Five>(3).await;
    assert_eq!(scene.begun(), [0, 2000, 4000]);
}

#[tokio::test(start_paused = true)]
async fn what_is_set_for_an_operation_holds_as_it_is() {
    let limits = RateLimits::documented()
        .share(0.5)
        .limit::<Ten>(3)
        .limit::<Free>(1)
        .unlimited::<Five>();
    let scene = Scene::limited(limits);
    scene.calls::<Ten>(4).await;
    assert_eq!(scene.begun(), [0, 0, 0, 1000]);
    scene.calls::<Free>(2).await;
    scene.calls::<Five>(9).await;
    assert_eq!(
        scene.begun()[4..],
        [
            1000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn throttling_stops_the_operation_for_as_long_as_is_asked() {
    let scene = Scene::limited(RateLimits::documented());
    scene.answer([asking(3000)]);
    let error = scene.call_with::<Ten>(RetryPolicy::off()).await;
    assert!(error.expect_err("throttled").is_throttled());
    tokio::join!(scene.calls::<Ten>(2), scene.calls::<Five>(1));
    assert_eq!(scene.begun(), [0, 0, 3000, 3000]);
    // Who asks for more than the client would wait for isn't obeyed by those who don't know of it.
    scene.answer([asking(21_000)]);
    scene
        .call_with::<Ten>(RetryPolicy::off())
        .await
        .expect_err("throttled");
    scene.calls::<Ten>(1).await;
    assert_eq!(scene.now(), 3000);
}

#[tokio::test(start_paused = true)]
async fn a_limit_below_one_call_a_second_spaces_calls() {
    let scene = Scene::limited(RateLimits::documented().share(0.001));
    scene.calls::<Slow>(2).await;
    // One a second, a thousandth of it.
    assert_eq!(scene.begun(), [0, 1_000_000]);
}
