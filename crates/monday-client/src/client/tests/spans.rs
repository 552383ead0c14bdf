//! Records spans and events as text, and which span is within which.
//!
//! Must not know: which spans there should be.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, NoSubscriber};
use tracing::{Dispatch, Event, Metadata, Subscriber};
use tracing_core::span::Current;

/// With one subscriber alone, tracing takes the word of whichever thread meets an event first, another test's perhaps,
/// on whether anybody listens.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::default()));

/// Each span: its name, then its fields in the order in which they were set.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    spans: Vec<Vec<String>>,
    /// Of each span: what it is, and the number of the span that it is within.
    kinds: Vec<(&'static Metadata<'static>, Option<u64>)>,
    entered: Vec<u64>,
    events: Vec<Vec<String>>,
}

/// Records everything of this thread until the guard is dropped.
pub(super) fn record() -> (Spans, DefaultGuard) {
    LazyLock::force(&ANOTHER);
    let spans = Spans::default();
    let guard = tracing::subscriber::set_default(spans.clone());
    (spans, guard)
}

impl Spans {
    pub(super) fn named(&self, start: &str) -> Vec<Vec<String>> {
        let recorded = self.0.lock().unwrap();
        recorded.spans.iter().filter(|span| span[0].starts_with(start)).cloned().collect()
    }

    /// The names of the spans that those of a name are within.
    pub(super) fn around(&self, name: &str) -> Vec<Option<&'static str>> {
        let recorded = self.0.lock().unwrap();
        let ours = recorded.kinds.iter().filter(|(kind, _)| kind.name() == name);
        ours.map(|(_, parent)| parent.map(|parent| recorded.kinds[index(parent)].0.name())).collect()
    }

    pub(super) fn everything(&self) -> String {
        format!("{:?}", self.0.lock().unwrap())
    }
}

fn index(span: u64) -> usize {
    usize::try_from(span).unwrap() - 1
}

struct Fields<'a>(&'a mut Vec<String>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push(format!("{}={value}", field.name()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = String::new();
        write!(text, "{}={value:?}", field.name()).unwrap();
        self.0.push(text);
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut recorded = self.0.lock().unwrap();
        let mut texts = vec![span.metadata().name().to_owned()];
        span.record(&mut Fields(&mut texts));
        recorded.spans.push(texts);
        let around = span.is_contextual().then(|| recorded.entered.last().copied()).flatten();
        let parent = span.parent().map(Id::into_u64).or(around);
        recorded.kinds.push((span.metadata(), parent));
        Id::from_u64(recorded.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut recorded = self.0.lock().unwrap();
        values.record(&mut Fields(&mut recorded.spans[index(span.into_u64())]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut texts = Vec::new();
        event.record(&mut Fields(&mut texts));
        self.0.lock().unwrap().events.push(texts);
    }

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().entered.push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        let entered = &mut self.0.lock().unwrap().entered;
        if let Some(last) = entered.iter().rposition(|other| *other == span.into_u64()) {
            entered.remove(last);
        }
    }

    fn current_span(&self) -> Current {
        let recorded = self.0.lock().unwrap();
        recorded.entered.last().map_or_else(Current::none, |span| {
            Current::new(Id::from_u64(*span), recorded.kinds[index(*span)].0)
        })
    }
}
