//! The fonts of cards: which characters they have, how wide a text is, where its lines break.

use std::io::Read as _;
use std::sync::{Arc, LazyLock, OnceLock};

use flate2::read::GzDecoder;
use resvg::usvg::fontdb::{Database, Source};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// One file of each font, packed: half of their bytes are not in the program. Subsets, see assets/fonts/OFL.txt.
const PACKED: [&[u8]; 6] = [
    include_bytes!("../../../assets/fonts/NotoSerif-Bold.ttf.gz"),
    include_bytes!("../../../assets/fonts/NotoNaskhArabic-Bold.ttf.gz"),
    include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf.gz"),
    include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf.gz"),
    include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf.gz"),
    include_bytes!("../../../assets/fonts/NotoSansArabic-Bold.ttf.gz"),
];

/// The bytes of a font, unpacked when the first card asks for them.
fn file(at: usize) -> &'static [u8] {
    static FILES: [OnceLock<Vec<u8>>; PACKED.len()] = [const { OnceLock::new() }; PACKED.len()];
    FILES[at].get_or_init(|| {
        let mut bytes = Vec::new();
        // They are part of the program, and a test unpacks them all; a font without bytes has no letters.
        let _ = GzDecoder::new(PACKED[at]).read_to_end(&mut bytes);
        bytes
    })
}

/// A face with its companion for Arabic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Headlines.
    Serif,
    /// Text.
    Sans,
    /// Text that stands out.
    Bold,
}

impl Face {
    /// Its families in SVG, in the order of its files, and its weight.
    fn families(self) -> ([&'static str; 2], &'static str) {
        match self {
            Face::Serif => (["Noto Serif", "Noto Naskh Arabic"], "700"),
            Face::Sans => (["Noto Sans", "Noto Sans Arabic"], "400"),
            Face::Bold => (["Noto Sans", "Noto Sans Arabic"], "700"),
        }
    }

    fn files(self) -> [usize; 2] {
        match self {
            Face::Serif => [0, 1],
            Face::Sans => [2, 3],
            Face::Bold => [4, 5],
        }
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The fonts in the order in which a missing character is looked for.
pub fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        for at in 0..PACKED.len() {
            database.load_font_source(Source::Binary(Arc::new(file(at))));
        }
        Arc::new(database)
    });
    Arc::clone(&DATABASE)
}

/// A face at hand for measuring.
pub struct Ruler<'f> {
    face: Face,
    fonts: Vec<(Charmap<'f>, GlyphMetrics<'f>)>,
}

impl Ruler<'_> {
    /// The ruler of a face; widths come in pixels at a size of 1000.
    pub fn of(face: Face) -> Ruler<'static> {
        let fonts = face.files().into_iter().filter_map(|at| FontRef::new(file(at)).ok());
        let measure = |font: FontRef<'static>| {
            (font.charmap(), font.glyph_metrics(Size::new(1000.0), LocationRef::default()))
        };
        Ruler { face, fonts: fonts.map(measure).collect() }
    }

    /// Thousandths of the size that a character takes; `None` if no font has it.
    fn advance(&self, c: char) -> Option<u32> {
        self.fonts.iter().find_map(|(map, metrics)| {
            let glyph = map.map(c)?;
            Some(metrics.advance_width(glyph)?.ceil() as u32)
        })
    }

    /// Whether these fonts have every character of a text.
    pub fn has(&self, text: &str) -> bool {
        text.chars().all(|c| self.advance(c).is_some())
    }

    /// The weight in SVG.
    pub fn weight(&self) -> &'static str {
        self.face.families().1
    }

    /// The text in runs, each with the family that has all its characters. The font for Arabic
    /// comes first where a text has Arabic, so that its spaces and points are of the same hand.
    pub fn runs(&self, text: &str) -> Vec<(&'static str, String)> {
        let (families, _) = self.face.families();
        let order = if text.chars().any(is_arabic) { [1, 0] } else { [0, 1] };
        let has = |at: usize, c: char| self.fonts.get(at).is_some_and(|(map, _)| map.map(c).is_some());
        let mut runs: Vec<(&'static str, String)> = Vec::new();
        for c in text.chars() {
            let family = families[order.into_iter().find(|&at| has(at, c)).unwrap_or(order[0])];
            match runs.last_mut() {
                Some((last, run)) if *last == family => run.push(c),
                _ => runs.push((family, c.to_string())),
            }
        }
        runs
    }

    /// Pixels of a text at a size; joined letters may take less.
    pub fn width(&self, text: &str, size: u32) -> u32 {
        let thousandths: u32 = text.chars().map(|c| self.advance(c).unwrap_or(0)).sum();
        (thousandths * size).div_ceil(1000)
    }

    /// The text as these fonts can print it, without symbols that they lack; `None` if they lack
    /// a letter, for a text with holes would say something else.
    pub fn printable(&self, text: &str) -> Option<String> {
        let mut kept = String::with_capacity(text.len());
        for c in crate::page::svg::write::printable(text).chars() {
            match self.advance(c) {
                _ if c.is_whitespace() => kept.push(' '),
                Some(_) => kept.push(c),
                None if c.is_alphanumeric() => return None,
                None => {}
            }
        }
        let words: Vec<&str> = kept.split_whitespace().collect();
        words.iter().any(|word| word.chars().any(char::is_alphanumeric)).then(|| words.join(" "))
    }

    /// The text, cut to fit.
    pub fn fitted(&self, text: &str, size: u32, room: u32) -> String {
        if self.width(text, size) <= room {
            return text.to_owned();
        }
        let mut kept = text.to_owned();
        while kept.pop().is_some() && self.width(&kept, size) + self.width("…", size) > room {}
        format!("{}…", kept.trim_end())
    }

    /// Lines of a text that fit; a word that is too long for a line alone is broken.
    pub fn wrapped(&self, text: &str, size: u32, room: u32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                if self.width(&line, size) + self.advance(c).unwrap_or(0) * size / 1000 > room {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_unpacks_and_is_in_the_database() {
        for at in 0..PACKED.len() {
            assert!(FontRef::new(file(at)).is_ok(), "{at}");
        }
        assert_eq!(database().len(), PACKED.len());
    }

    #[test]
    fn a_text_with_a_letter_that_no_font_has_is_left_out() {
        let ruler = Ruler::of(Face::Serif);
        assert_eq!(ruler.printable("Ünïted, Ελλάδα, Россия").as_deref(), Some("Ünïted, Ελλάδα, Россия"));
        assert!(ruler.printable("مرحبا بالعالم").is_some());
        assert_eq!(ruler.printable("地震のあと"), None);
        assert_eq!(ruler.printable("Rockets 🚀 fly").as_deref(), Some("Rockets fly"));
        assert_eq!(ruler.printable("🚀"), None);
    }

    #[test]
    fn a_sign_that_no_font_has_is_known() {
        let ruler = Ruler::of(Face::Bold);
        assert!(ruler.has("%") && ruler.has("\u{a0}%") && !ruler.has("％"));
    }

    #[test]
    fn every_run_is_of_a_font_that_has_it() {
        let runs = Ruler::of(Face::Sans).runs("7 مقالات · NASA");
        let texts: Vec<&str> = runs.iter().map(|(_, text)| &**text).collect();
        assert_eq!(texts, ["7 مقالات ", "·", " ", "NASA"]);
        assert_eq!(Ruler::of(Face::Sans).runs("7 · NASA").len(), 1);
    }

    #[test]
    fn lines_fit_whatever_the_words() {
        let ruler = Ruler::of(Face::Serif);
        for text in ["one two three four", &"W".repeat(90), &"a ".repeat(200)] {
            assert!(ruler.wrapped(text, 60, 500).iter().all(|line| ruler.width(line, 60) <= 500));
        }
        assert!(ruler.width(&ruler.fitted(&"word ".repeat(40), 30, 300), 30) <= 300);
    }
}
