//! A picture in the making: what stands where, and the same in words.
//!
//! Widgets put text and surfaces down from top to bottom as for a language that is written from
//! left to right; [`super::write`] mirrors the whole for the others.

use super::measure::{fitted, wrapped};
use super::tone::Tone;

/// Pixels of every picture from side to side.
pub const WIDTH: u32 = 600;

/// Pixels left free at the sides.
pub const EDGE: u32 = 24;

/// Pixels between the edges.
pub const ROOM: u32 = WIDTH - 2 * EDGE;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The name of the widget.
    Title,
    /// A finding in one short line.
    Find,
    /// A number to be seen first.
    Large,
    /// Text.
    Plain,
    /// Text that stands out.
    Bold,
    /// A remark.
    Note,
    /// A headline of somebody.
    Headline,
}

impl Style {
    /// Pixels, and whether it is bold.
    pub fn size(self) -> (u32, bool) {
        match self {
            Style::Title => (22, true),
            Style::Find => (19, true),
            Style::Large => (34, true),
            Style::Plain => (16, false),
            Style::Bold => (16, true),
            Style::Note => (14, false),
            Style::Headline => (16, false),
        }
    }

    /// The class in the picture's style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Style::Title => "t h",
            Style::Find => "t f",
            Style::Large => "t l",
            Style::Plain => "t",
            Style::Bold => "t b",
            Style::Note => "t n",
            Style::Headline => "t q",
        }
    }
}

/// To which side of its place a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From here on.
    Start,
    /// Around here.
    Middle,
    /// Up to here.
    End,
}

/// What fills a surface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// A group.
    Tone(usize),
    /// Not rated.
    Unrated,
    /// A thin line.
    Rule,
    /// A bar that means no group.
    Accent,
    /// The ground of a bar.
    Tint,
}

/// A thing on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A line of text: its place on the base line.
    Text {
        /// From the start.
        x: u32,
        /// From above.
        y: u32,
        /// How it looks.
        style: Style,
        /// Where it stands.
        side: Side,
        /// What it says.
        text: String,
        /// Where it leads.
        link: Option<String>,
    },
    /// A surface.
    Rect {
        /// From the start.
        x: u32,
        /// From above.
        y: u32,
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// What fills it.
        fill: Fill,
    },
}

/// A picture in the making.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What stands on it.
    pub marks: Vec<Mark>,
    /// The tones that [`Fill::Tone`] counts by.
    pub tones: Vec<Tone>,
    /// The same in words, sentence by sentence.
    pub words: Vec<String>,
    /// Pixels used from above.
    pub y: u32,
}

impl Sheet {
    /// Adds tones; returns the number of the first.
    pub fn tones(&mut self, tones: Vec<Tone>) -> usize {
        let first = self.tones.len();
        self.tones.extend(tones);
        first
    }

    /// Leaves room.
    pub fn skip(&mut self, pixels: u32) {
        self.y += pixels;
    }

    /// Says something in words only.
    pub fn say(&mut self, sentence: impl Into<String>) {
        self.words.push(sentence.into());
    }

    /// Text at a place of the current line, cut to the room it has; does not move on.
    pub fn put(&mut self, x: u32, side: Side, style: Style, text: &str, room: u32) {
        let (size, bold) = style.size();
        let text = fitted(text, size, bold, room);
        self.marks.push(Mark::Text { x, y: self.y, style, side, text, link: None });
    }

    /// A surface beside or around the current base line; does not move on.
    pub fn rect(&mut self, x: u32, y: u32, width: u32, height: u32, fill: Fill) {
        if width > 0 && height > 0 {
            self.marks.push(Mark::Rect { x, y, width, height, fill });
        }
    }

    /// A line of text from the edge, and on to the next.
    pub fn line(&mut self, style: Style, text: &str) {
        self.lines(EDGE, ROOM, style, text, 1);
    }

    /// A paragraph of at most so many lines, and on to the next.
    pub fn lines(&mut self, x: u32, room: u32, style: Style, text: &str, most: usize) {
        let (size, bold) = style.size();
        for line in wrapped(text, size, bold, room, most) {
            self.y += size + size / 3;
            self.marks.push(Mark::Text { x, y: self.y, style, side: Side::Start, text: line, link: None });
        }
    }

    /// A paragraph that is said in the words, too.
    pub fn note(&mut self, style: Style, text: &str) {
        self.lines(EDGE, ROOM, style, text, 3);
        self.say(text);
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.rect(EDGE, self.y, ROOM, 1, Fill::Rule);
    }

    /// A bar of parts whose widths are in per cent and sum to 100.
    pub fn bar(&mut self, height: u32, parts: &[(usize, u32)]) {
        let mut done = 0;
        for &(tone, percent) in parts {
            let start = ROOM * done / 100;
            done += percent;
            let end = ROOM * done / 100;
            // A gap of one pixel keeps neighbours apart.
            let gap = u32::from(done < 100 && end > start + 2);
            self.rect(EDGE + start, self.y, end - start - gap, height, Fill::Tone(tone));
        }
        self.y += height;
    }

    /// A small square of a group before a text on the current line.
    pub fn swatch(&mut self, x: u32, fill: Fill) {
        self.rect(x, self.y - 13, 14, 14, fill);
    }
}
