//! A subscriber that keeps whatever is traced, and where.

use std::collections::HashMap;
use std::fmt::{self, Debug};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};
use std::thread::{self, ThreadId};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, Interest};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};

/// What was traced on the thread that made this.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    most: Level,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    spans: Vec<Traced>,
    events: Vec<Traced>,
    /// The spans that each thread is in.
    entered: HashMap<ThreadId, Vec<u64>>,
}

/// A span or an event.
#[derive(Clone, Debug)]
pub(crate) struct Traced {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) level: Level,
    /// The index of the span around it.
    pub(crate) parent: Option<usize>,
    fields: Vec<(&'static str, String)>,
    /// How many hold the span.
    handles: usize,
}

impl Traced {
    fn new(metadata: &'static Metadata<'static>, parent: Option<u64>) -> Self {
        Self {
            name: metadata.name(),
            target: metadata.target(),
            level: *metadata.level(),
            parent: parent.map(|id| id as usize - 1),
            fields: Vec::new(),
            handles: 1,
        }
    }

    /// What was recorded last under this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().rev();
        let found = found.find(|(known, _)| *known == name)?;
        Some(&found.1)
    }

    /// All fields but those of this kind, as `name=value`, sorted.
    pub(crate) fn fields(&self, but: &[&str]) -> Vec<String> {
        let fields = self.fields.iter();
        let fields = fields.filter(|(name, _)| !but.iter().any(|but| name.starts_with(but)));
        let mut fields: Vec<String> = fields
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        fields.sort();
        fields
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.handles == 0
    }
}

impl Visit for Traced {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.push((field.name(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.push((field.name(), format!("{value:?}")));
    }
}

/// Two that nothing is traced to. Where `tracing` knows of one subscriber alone, it asks the thread that
/// comes to a span first, once and for all; a test beside without a recorder would answer for others.
static OTHERS: LazyLock<[Dispatch; 2]> =
    LazyLock::new(|| [(); 2].map(|()| Dispatch::new(Recorder::new(Level::ERROR))));

impl Recorder {
    fn new(most: Level) -> Self {
        Self {
            most,
            kept: Arc::default(),
        }
    }

    /// Keeps what is traced on this thread up to this level, until the guard is dropped.
    pub(crate) fn start(most: Level) -> (Self, DefaultGuard) {
        LazyLock::force(&OTHERS);
        let recorder = Self::new(most);
        let guard = tracing::subscriber::set_default(recorder.clone());
        (recorder, guard)
    }

    pub(crate) fn spans(&self) -> Vec<Traced> {
        self.lock().spans.clone()
    }

    pub(crate) fn events(&self) -> Vec<Traced> {
        self.lock().events.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("no panic")
    }
}

impl Kept {
    /// The span that something is in: the one it names, or the one that its thread is in.
    fn parent(&self, named: Option<&Id>, contextual: bool) -> Option<u64> {
        let around = self.entered.get(&thread::current().id());
        let around = around.and_then(|spans| spans.last()).copied();
        named.map(Id::into_u64).or(around.filter(|_| contextual))
    }

    fn span(&mut self, id: &Id) -> &mut Traced {
        &mut self.spans[id.into_u64() as usize - 1]
    }
}

impl Subscriber for Recorder {
    /// Asked each time: tests with other recorders run side by side.
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.most
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut kept = self.lock();
        let parent = kept.parent(span.parent(), span.is_contextual());
        let mut traced = Traced::new(span.metadata(), parent);
        span.record(&mut traced);
        kept.spans.push(traced);
        Id::from_u64(kept.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(self.lock().span(span));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut kept = self.lock();
        let parent = kept.parent(event.parent(), event.is_contextual());
        let mut traced = Traced::new(event.metadata(), parent);
        event.record(&mut traced);
        kept.events.push(traced);
    }

    fn enter(&self, span: &Id) {
        let mut kept = self.lock();
        let spans = kept.entered.entry(thread::current().id()).or_default();
        spans.push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        let mut kept = self.lock();
        let spans = kept.entered.entry(thread::current().id()).or_default();
        assert_eq!(spans.pop(), Some(span.into_u64()), "spans are left in turn");
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.lock().span(span).handles += 1;
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        let mut kept = self.lock();
        kept.span(&span).handles -= 1;
        kept.span(&span).handles == 0
    }
}

impl fmt::Display for Recorder {
    /// Everything that was kept.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.lock();
        for traced in kept.spans.iter().chain(&kept.events) {
            writeln!(f, "{} {} {:?}", traced.target, traced.name, traced.fields)?;
        }
        Ok(())
    }
}
