//! Records spans and events as text.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// Each span: its name, then its fields in the order in which they were set.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    spans: Vec<Vec<String>>,
    events: Vec<Vec<String>>,
}

/// Records everything of this thread until the guard is dropped.
pub(super) fn record() -> (Spans, DefaultGuard) {
    let spans = Spans::default();
    let guard = tracing::subscriber::set_default(spans.clone());
    (spans, guard)
}

impl Spans {
    pub(super) fn named(&self, start: &str) -> Vec<Vec<String>> {
        let recorded = self.0.lock().unwrap();
        recorded.spans.iter().filter(|span| span[0].starts_with(start)).cloned().collect()
    }

    pub(super) fn everything(&self) -> String {
        format!("{:?}", self.0.lock().unwrap())
    }
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
        Id::from_u64(recorded.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut recorded = self.0.lock().unwrap();
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Fields(&mut recorded.spans[index]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut texts = Vec::new();
        event.record(&mut Fields(&mut texts));
        self.0.lock().unwrap().events.push(texts);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
