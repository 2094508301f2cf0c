//! Which addresses answered, and when: one line each, in `.dateline/links`.
//!
//! Only what answered is remembered; what did not is asked again every time. A memory that is
//! missing or damaged costs time and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

const HEAD: &str = "dateline-links 1";

/// Addresses that answered, with the second (since 1970) at which they did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    seen: BTreeMap<String, i64>,
}

impl Memory {
    /// Reads what is not older than some days; `now` in seconds since 1970.
    pub fn read(file: &Path, now: i64, days: u32) -> Memory {
        let text = fs::read_to_string(file).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Memory::default();
        }
        let oldest = now - i64::from(days) * 86_400;
        let line = |line: &str| {
            let (second, address) = line.split_once(' ')?;
            let second: i64 = second.parse().ok()?;
            (second > oldest && second <= now).then(|| (address.to_owned(), second))
        };
        Memory { seen: lines.filter_map(line).collect() }
    }

    /// Whether an address answered.
    pub fn holds(&self, address: &str) -> bool {
        self.seen.contains_key(address)
    }

    /// Keeps that an address answered.
    pub fn keep(&mut self, address: &str, now: i64) {
        self.seen.insert(address.to_owned(), now);
    }

    /// Writes all of it, at one stroke.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        let mut text = format!("{HEAD}\n");
        for (address, second) in &self.seen {
            // Writing to a text does not fail. Addresses hold no line breaks.
            let _ = writeln!(text, "{second} {address}");
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let temporary = file.with_extension(format!("{}.tmp", std::process::id()));
        fs::write(&temporary, text)?;
        fs::rename(&temporary, file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_answered_is_remembered_for_some_days() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".dateline/links");
        let mut memory = Memory::read(&file, 0, 7);
        memory.keep("https://a.example/old", 1_000);
        memory.keep("https://a.example/new", 1_000 + 6 * 86_400);
        memory.write(&file).unwrap();
        let later = Memory::read(&file, 1_001 + 7 * 86_400, 7);
        assert!(later.holds("https://a.example/new") && !later.holds("https://a.example/old"));
        fs::write(&file, "something else").unwrap();
        assert_eq!(Memory::read(&file, 0, 7), Memory::default());
    }
}
