//! What this process has used so far.

use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::Result;

/// A point in time, and the processor time until then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    wall: Instant,
    user: Duration,
    system: Duration,
}

/// What went by between two points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent {
    pub(crate) wall: f64,
    pub(crate) user: f64,
    pub(crate) system: f64,
}

impl Usage {
    pub(crate) fn now() -> Result<Self> {
        let used = getrusage(UsageWho::RUSAGE_SELF)?;
        let time = |seconds: i64, micros: i64| {
            let seconds = u64::try_from(seconds).unwrap_or_default();
            let micros = u64::try_from(micros).unwrap_or_default();
            Duration::from_secs(seconds) + Duration::from_micros(micros)
        };
        Ok(Self {
            wall: Instant::now(),
            user: time(used.user_time().tv_sec(), used.user_time().tv_usec()),
            system: time(used.system_time().tv_sec(), used.system_time().tv_usec()),
        })
    }

    pub(crate) fn since(&self, before: &Self) -> Spent {
        Spent {
            wall: (self.wall - before.wall).as_secs_f64(),
            user: (self.user - before.user).as_secs_f64(),
            system: (self.system - before.system).as_secs_f64(),
        }
    }
}

/// The memory that this process has in use, in KiB.
pub(crate) fn resident_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(number
        .ok_or("no VmRSS in /proc/self/status")?
        .trim()
        .parse()?)
}
