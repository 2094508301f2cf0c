//! `dateline serve`: previews the site while it is written.

mod browser;
mod keys;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::mpsc;

use clap::Args;
use serde_json::json;

use super::build::ContentArgs;
use super::site::files;
use super::{Exit, Format, Global, now, report};
use crate::diag::{Diag, Error, Severity, counted};
use crate::serve::{self, Addresses, Event, Report, Settings};

/// Flags of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// The port; if it is taken, the next free one
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// The address to listen on; 0.0.0.0 shows the preview to the whole network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Look at the files twice a second, where the system does not announce changes (network
    /// shares, containers)
    #[arg(long)]
    poll: bool,
    #[command(flatten)]
    content: ContentArgs,
}

/// Serves the site until the end.
pub fn run(global: &Global, args: &ServeArgs) -> Result<Exit, Error> {
    let content = &args.content;
    // What is wrong with the date is said before anything starts.
    now(content.now.as_deref())?;
    let settings = Settings {
        root: super::root(global)?,
        config: global.config.clone(),
        bind: args.bind,
        port: args.port,
        poll: args.poll,
        options: content.options(),
        now,
        written_now: content.now.clone(),
        describe: report::plain,
    };
    let (sender, receiver) = mpsc::channel();
    let keys = keys::listen(&sender);
    let mut teller = Teller {
        global,
        has_keys: keys.is_some(),
        opens: args.open,
        is_shared: !args.bind.is_loopback(),
        warnings: Vec::new(),
        seen: BTreeSet::new(),
    };
    serve::run(settings, (sender, receiver), &mut |event| teller.tell(event))?;
    drop(keys);
    teller.line(json!({"event": "end"}), "");
    Ok(Exit::Good)
}

/// Prints what happens, one line each.
struct Teller<'g> {
    global: &'g Global,
    has_keys: bool,
    opens: bool,
    is_shared: bool,
    /// Warnings of the last build.
    warnings: Vec<Diag>,
    /// Problems of pages that were printed since the last build.
    seen: BTreeSet<String>,
}

impl Teller<'_> {
    fn tell(&mut self, event: Event) {
        match event {
            Event::Listening(addresses) => self.listening(&addresses),
            Event::Looked(report) => self.looked(&report),
            Event::Failed(diag) => {
                if self.seen.insert(diag.message.clone()) {
                    report::diags(self.global, &[*diag]);
                }
            }
            Event::Trouble(text) => report::trouble(self.global, &text),
            Event::Note(text) => self.line(json!({"event": "note", "text": text}), &format!("note: {text}")),
            Event::Open(url) => self.open(&url),
        }
    }

    /// A line for people, an object for tools; nothing for people who want quiet.
    fn line(&self, object: serde_json::Value, text: &str) {
        match self.global.message_format {
            Format::Json => println!("{object}"),
            Format::Human | Format::Short if self.global.quiet || text.is_empty() => {}
            Format::Human | Format::Short => println!("{text}"),
        }
    }

    fn listening(&self, addresses: &Addresses) {
        let Addresses { local, network, instead_of } = addresses;
        if let Some(port) = instead_of {
            let text = format!("port {port} is taken, so the next free one is used");
            self.line(json!({"event": "note", "text": text}), &format!("note: {text}"));
        }
        let shared = network.as_deref().unwrap_or("none; --bind 0.0.0.0 shares the preview");
        let keys = if self.has_keys {
            "\n  q to quit, r to read everything again, o to open"
        } else {
            "\n  Ctrl-C to quit"
        };
        let text = format!("Dateline preview\n  local    {local}\n  network  {shared}{keys}");
        self.line(json!({"event": "listening", "local": local, "network": network}), &text);
        if self.is_shared {
            let text = "everybody on the network can read this preview, drafts too if they are shown";
            report::warning(self.global, text);
        }
    }

    fn looked(&mut self, report: &Report) {
        self.seen.clear();
        self.problems(&report.diags);
        let errors = report.diags.iter().filter(|diag: &&Diag| diag.severity == Severity::Error).count();
        let warnings = report.diags.len() - errors;
        let took = report.took.as_secs_f64() * 1000.0;
        let object = json!({
            "event": if report.is_good { "built" } else { "failed" },
            "changed": report.changed,
            "milliseconds": took.round(),
            "url": report.url,
            "stories": report.stories,
            "pages": report.pages,
            "errors": errors,
            "warnings": warnings,
        });
        let what = what_changed(report);
        let text = match report.is_good {
            true => format!("{what} in {took:.0} ms → {}", report.url),
            false => format!("{what} in {took:.0} ms: not shown, {}", counted(errors, "error", "errors")),
        };
        self.line(object, &text);
        if std::mem::take(&mut self.opens) {
            self.open(&report.url);
        }
    }

    /// Prints problems as a build does; a warning that was printed before is not repeated to people.
    fn problems(&mut self, diags: &[Diag]) {
        let is_json = self.global.message_format == Format::Json;
        let is_new = |diag: &&Diag| {
            is_json || diag.severity == Severity::Error || !self.warnings.iter().any(|known| known == *diag)
        };
        let shown: Vec<Diag> = diags.iter().filter(is_new).cloned().collect();
        report::diags(self.global, &shown);
        let warnings = diags.iter().filter(|diag| diag.severity == Severity::Warning);
        self.warnings = warnings.cloned().collect();
    }

    fn open(&self, url: &str) {
        if let Err(error) = browser::open(url) {
            report::warning(self.global, &format!("cannot open the browser: {error}; open {url} yourself"));
        }
    }
}

/// `content/stories/a.md and 3 others`; at first, how much there is.
fn what_changed(report: &Report) -> String {
    match report.changed.as_slice() {
        [] if !report.is_good => "the site".to_owned(),
        [] => format!("{}, {}", counted(report.stories, "story", "stories"), files(report.pages)),
        [one] => report::printable(one),
        [first, others @ ..] => format!("{} and {} more", report::printable(first), others.len()),
    }
}
