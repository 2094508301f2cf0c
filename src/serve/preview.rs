//! The loop of a preview: waits for signals, looks at the files, shows what was built.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::keeper::{Found, Keeper, Look};
use super::shown::{Shown, State};
use super::watch::Watch;
use super::{Event, Signal};
use crate::diag::Error;

/// No event for this long, and a look begins: a program that saves a file rings several times.
const BREATH: Duration = Duration::from_millis(3);
/// No event for this long, and a change is taken to be over, so that what a look has found is shown.
const QUIET: Duration = Duration::from_millis(25);
/// A change that goes on for longer than this is shown all the same.
const AT_MOST: Duration = Duration::from_millis(200);
/// How often files are looked at without an event: rarely where the system announces changes.
const HEARTBEAT: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(500);
/// An event that comes this long after its change was found is only late.
const LATE: Duration = Duration::from_millis(400);

/// What the loop keeps between two looks.
pub struct Preview {
    watch: Watch,
    shown: tokio::sync::watch::Sender<Shown>,
    /// Paths that browsers look at, and how many do.
    tabs: BTreeMap<String, usize>,
    last_trouble: String,
}

impl Preview {
    /// Nothing is shown yet.
    pub fn new(watch: Watch, shown: tokio::sync::watch::Sender<Shown>) -> Preview {
        Preview { watch, shown, tabs: BTreeMap::new(), last_trouble: String::new() }
    }

    /// Looks at the files at once, and then whenever it is signalled, until it is told to quit.
    pub fn run(&mut self, signals: &Receiver<Signal>, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        self.look(keeper, tell);
        self.wait(signals, keeper, tell);
    }

    fn wait(&mut self, signals: &Receiver<Signal>, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        loop {
            let interval = if self.watch.is_polling() { POLL } else { HEARTBEAT };
            match signals.recv_timeout(interval.max(keeper.scan_took() * 50)) {
                Ok(Signal::Quit) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(signal) => {
                    self.heed(signal, keeper, tell);
                    if self.has_rung() && !self.attend(signals, keeper, tell) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.look(keeper, tell) && !self.watch.is_polling() {
                        self.unannounced(signals, keeper, tell);
                    }
                }
            }
        }
    }

    /// Whether the bell has rung since what is shown was found.
    fn has_rung(&self) -> bool {
        let shown = self.shown.borrow();
        shown.rung > shown.heard
    }

    /// Looks at the files until a look is over before they change again; false to quit. Looking is
    /// a part of waiting: what was found is shown as soon as the change is taken to be over.
    fn attend(
        &mut self,
        signals: &Receiver<Signal>,
        keeper: &mut Keeper,
        tell: &mut dyn FnMut(Event),
    ) -> bool {
        let mut end = Instant::now() + AT_MOST;
        while self.has_rung() {
            if !self.until_quiet(BREATH, end, signals, keeper, tell) {
                return false;
            }
            let heard = self.shown.borrow().rung;
            let rung = self.shown.clone();
            let is_over = || rung.borrow().rung != heard && Instant::now() < end;
            let found = self.find(keeper, &is_over);
            if !matches!(found, Ok(None)) && !self.until_quiet(QUIET, end, signals, keeper, tell) {
                return false;
            }
            if !is_over() {
                self.show(found, heard, keeper, tell);
                end = Instant::now() + AT_MOST;
            }
        }
        true
    }

    /// Heeds signals until the bell has not rung for a while; false to quit.
    fn until_quiet(
        &mut self,
        quiet: Duration,
        end: Instant,
        signals: &Receiver<Signal>,
        keeper: &mut Keeper,
        tell: &mut dyn FnMut(Event),
    ) -> bool {
        loop {
            let quiet_at = self.shown.borrow().rung_at + quiet;
            let left = quiet_at.min(end).saturating_duration_since(Instant::now());
            match signals.recv_timeout(left) {
                Ok(Signal::Quit) | Err(RecvTimeoutError::Disconnected) => return false,
                Ok(signal) => self.heed(signal, keeper, tell),
                Err(RecvTimeoutError::Timeout) => return true,
            }
        }
    }

    /// A change was found that no event has announced: from now on files are polled, unless the
    /// event was only late.
    fn unannounced(&mut self, signals: &Receiver<Signal>, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        match signals.recv_timeout(LATE) {
            Err(RecvTimeoutError::Timeout) => {
                self.watch.poll();
                let note = "the system does not announce changes of these files, so they are polled; \
                            `--poll` does that from the start";
                tell(Event::Note(note.to_owned()));
            }
            Err(RecvTimeoutError::Disconnected) => {}
            Ok(signal) => {
                self.heed(signal, keeper, tell);
                self.look(keeper, tell);
            }
        }
    }

    fn heed(&mut self, signal: Signal, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) {
        match signal {
            Signal::Bell => {}
            Signal::Moved => self.renew(),
            Signal::Rescan => {
                keeper.forget();
                self.renew();
            }
            Signal::Open => tell(Event::Open(keeper.home())),
            Signal::Opened(path) => *self.tabs.entry(path).or_default() += 1,
            Signal::Closed(path) => {
                if let Some(count) = self.tabs.get_mut(&path) {
                    *count -= 1;
                }
                self.tabs.retain(|_, count| *count > 0);
            }
            Signal::Failed(diag) => tell(Event::Failed(diag)),
            // Whoever waits for signals ends at this one.
            Signal::Quit => {}
        }
    }

    /// Sets the watches anew; what happened before they were set has nothing else to announce it.
    fn renew(&mut self) {
        self.watch.renew();
        self.shown.send_modify(Shown::ring);
    }

    /// Looks at the files and shows what has become of them; whether anything had changed.
    fn look(&mut self, keeper: &mut Keeper, tell: &mut dyn FnMut(Event)) -> bool {
        let heard = self.shown.borrow().rung;
        let found = self.find(keeper, &|| false);
        self.show(found, heard, keeper, tell)
    }

    fn find(&self, keeper: &mut Keeper, is_over: &dyn Fn() -> bool) -> Result<Option<Found>, Error> {
        let tabs: Vec<&str> = self.tabs.keys().map(String::as_str).collect();
        let before = self.shown.borrow().good.clone();
        keeper.look(before.as_deref(), &tabs, is_over)
    }

    /// Shows what a look has found, which takes account of so many rings; whether anything had
    /// changed.
    fn show(
        &mut self,
        found: Result<Option<Found>, Error>,
        heard: u64,
        keeper: &mut Keeper,
        tell: &mut dyn FnMut(Event),
    ) -> bool {
        let (report, trouble) = match found.map(|found| found.map(|found| keeper.accept(found))) {
            // Nothing was found out, and so nothing was heard.
            Ok(None) => return false,
            Ok(Some(Look::Same)) => (None, String::new()),
            Ok(Some(Look::Good { state, report })) => {
                self.replace(*state);
                (Some(report), String::new())
            }
            Ok(Some(Look::Broken { problems, report })) => {
                self.shown.send_modify(|shown| shown.broken(problems));
                (Some(report), String::new())
            }
            Err(error) => {
                let text = error.to_string();
                self.shown.send_modify(|shown| shown.broken(text.clone()));
                (None, text)
            }
        };
        self.shown.send_modify(|shown| shown.heard = heard);
        if !trouble.is_empty() && trouble != self.last_trouble {
            tell(Event::Trouble(trouble.clone()));
        }
        self.last_trouble = trouble;
        self.watch.follow(keeper.linked());
        let has_changed = report.is_some();
        if let Some(report) = report {
            tell(Event::Looked(report));
        }
        has_changed
    }

    /// Shows a new site. The old one, a large thing, is taken apart where nobody waits for it.
    fn replace(&self, state: State) {
        let before = self.shown.borrow().good.clone();
        self.shown.send_modify(|shown| shown.replace(state));
        std::thread::spawn(move || drop(before));
    }
}
