//! From a sheet to a stand-alone SVG file: title and description, style for light and dark,
//! mirrored for languages that are written from right to left.

use std::collections::BTreeSet;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::sheet::{Fill, Mark, Sheet, Side, Style, WIDTH};
use super::tone::Pattern;

/// What a picture is and says, beside its marks.
pub struct Frame<'f> {
    /// BCP 47 tag.
    pub lang: &'f str,
    /// `ltr` or `rtl`.
    pub dir: &'f str,
    /// One line.
    pub title: &'f str,
}

const SANS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans','Liberation Sans',Arial,sans-serif";
const SERIF: &str =
    "Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,'Noto Serif','Liberation Serif',serif";

/// The file of a picture.
pub fn svg(sheet: &Sheet, frame: &Frame) -> Vec<u8> {
    // A vector takes every byte, so this cannot fail.
    written(sheet, frame).unwrap_or_default()
}

/// Where XML goes.
pub type Out = Writer<Vec<u8>>;

fn written(sheet: &Sheet, frame: &Frame) -> io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(8 * 1024));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let height = sheet.y.to_string();
    let width = WIDTH.to_string();
    let view = format!("0 0 {WIDTH} {height}");
    open(
        &mut out,
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &view),
            ("role", "img"),
            ("xml:lang", frame.lang),
            ("lang", frame.lang),
            ("direction", frame.dir),
            ("aria-labelledby", "title desc"),
        ],
    )?;
    element(&mut out, "title", &[("id", "title")], frame.title)?;
    element(&mut out, "desc", &[("id", "desc")], &sheet.words.join(" "))?;
    element(&mut out, "style", &[], &style(sheet))?;
    patterns(&mut out, &used_patterns(sheet))?;
    empty(&mut out, "rect", &[("width", &width), ("height", &height), ("class", "paper")])?;
    let mirrored = frame.dir == "rtl";
    for mark in &sheet.marks {
        self::mark(&mut out, sheet, mark, mirrored)?;
    }
    close(&mut out, "svg")?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn mark(out: &mut Out, sheet: &Sheet, mark: &Mark, mirrored: bool) -> io::Result<()> {
    match mark {
        Mark::Text { x, y, style, side, text, link } => {
            if let Some(link) = link {
                open(out, "a", &[("href", link), ("target", "_top")])?;
            }
            let x = if mirrored { WIDTH.saturating_sub(*x) } else { *x }.to_string();
            let y = y.to_string();
            let mut attributes = vec![("x", &*x), ("y", &*y), ("class", style.class())];
            match side {
                Side::Start => {}
                Side::Middle => attributes.push(("text-anchor", "middle")),
                Side::End => attributes.push(("text-anchor", "end")),
            }
            element(out, "text", &attributes, text)?;
            if link.is_some() {
                close(out, "a")?;
            }
            Ok(())
        }
        Mark::Rect { x, y, width, height, fill } => {
            let x = if mirrored { WIDTH.saturating_sub(x + width) } else { *x };
            surface(out, sheet, [x, *y, *width, *height], fill)
        }
    }
}

fn surface(out: &mut Out, sheet: &Sheet, place: [u32; 4], fill: &Fill) -> io::Result<()> {
    let [x, y, width, height] = place.map(|pixels| pixels.to_string());
    let at = [("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height)];
    let with = |class: &'static str| [at[0], at[1], at[2], at[3], ("class", class)];
    match fill {
        Fill::Tone(tone) => {
            let class = format!("g{tone}");
            empty(out, "rect", &[at[0], at[1], at[2], at[3], ("class", &class)])?;
            let pattern = sheet.tones.get(*tone).and_then(|tone| tone.pattern);
            match pattern {
                Some(pattern) => {
                    let url = format!("url(#{})", pattern.id());
                    empty(out, "rect", &[at[0], at[1], at[2], at[3], ("fill", &url)])
                }
                None => Ok(()),
            }
        }
        Fill::Unrated => empty(out, "rect", &with("none")),
        Fill::Rule => empty(out, "rect", &with("rule")),
        Fill::Accent => empty(out, "rect", &with("accent")),
        Fill::Tint => empty(out, "rect", &with("tint")),
    }
}

fn used_patterns(sheet: &Sheet) -> Vec<Pattern> {
    let used: BTreeSet<Pattern> = sheet.tones.iter().filter_map(|tone| tone.pattern).collect();
    used.into_iter().collect()
}

/// The patterns that a picture needs, with the class `hatch` for their colour.
pub fn patterns(out: &mut Out, used: &[Pattern]) -> io::Result<()> {
    open(out, "defs", &[])?;
    for pattern in used {
        let turn = match pattern {
            Pattern::Rising => "rotate(45)",
            Pattern::Falling => "rotate(-45)",
            Pattern::Upright | Pattern::Dots => "rotate(0)",
            Pattern::Level => "rotate(90)",
        };
        let size = [("width", "5"), ("height", "5"), ("patternUnits", "userSpaceOnUse")];
        open(out, "pattern", &[("id", pattern.id()), size[0], size[1], size[2], ("patternTransform", turn)])?;
        match pattern {
            Pattern::Dots => {
                empty(out, "circle", &[("cx", "2.5"), ("cy", "2.5"), ("r", "1.2"), ("class", "hatch")])?
            }
            Pattern::Rising | Pattern::Falling | Pattern::Upright | Pattern::Level => {
                empty(out, "rect", &[("width", "1.5"), ("height", "5"), ("class", "hatch")])?
            }
        }
        close(out, "pattern")?;
    }
    close(out, "defs")
}

fn style(sheet: &Sheet) -> String {
    let mut css = format!(
        ".t{{font-family:{SANS};font-size:16px;fill:#1b1a17;unicode-bidi:plaintext}}\
         .paper{{fill:#fdfcf9}}.rule{{fill:#dedad0}}.tint{{fill:#f0ece2}}.accent{{fill:#0a5a54}}\
         .none{{fill:none;stroke:#8a8578;stroke-dasharray:3 2}}.hatch{{fill:#fff;fill-opacity:.45}}\
         .h,.l,.f,.b{{font-weight:700}}.h{{font-family:{SERIF}}}.q{{font-family:{SERIF}}}\
         .n{{fill:#5b574e}}"
    );
    for style in [Style::Title, Style::Find, Style::Large, Style::Note] {
        let class = style.class().trim_start_matches("t ");
        css.push_str(&format!(".{class}{{font-size:{}px}}", style.size().0));
    }
    let mut dark = String::from(
        ".t{fill:#ebe8e1}.n{fill:#aba69a}.paper{fill:#151412}.rule{fill:#37342e}.tint{fill:#26231f}\
         .accent{fill:#7cc9bf}.none{stroke:#7d786c}.hatch{fill:#000;fill-opacity:.42}",
    );
    for (at, tone) in sheet.tones.iter().enumerate() {
        css.push_str(&format!(".g{at}{{fill:{}}}", tone.light));
        dark.push_str(&format!(".g{at}{{fill:{}}}", tone.dark));
    }
    format!("{css}@media(prefers-color-scheme:dark){{{dark}}}")
}

fn start<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut tag = BytesStart::new(name);
    for (key, value) in attributes {
        tag.push_attribute((*key, &*printable(value)));
    }
    tag
}

/// Begins an element.
pub fn open(out: &mut Out, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    out.write_event(Event::Start(start(name, attributes)))
}

/// An element without content.
pub fn empty(out: &mut Out, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    out.write_event(Event::Empty(start(name, attributes)))
}

/// Ends an element.
pub fn close(out: &mut Out, name: &str) -> io::Result<()> {
    out.write_event(Event::End(BytesEnd::new(name)))
}

/// An element with text.
pub fn element(out: &mut Out, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
    open(out, name, attributes)?;
    out.write_event(Event::Text(BytesText::new(&printable(text))))?;
    close(out, name)
}

/// Text as it is; whoever calls has seen to it that XML allows its characters.
pub fn characters(out: &mut Out, text: &str) -> io::Result<()> {
    out.write_event(Event::Text(BytesText::new(text)))
}

/// The characters that XML allows and that cannot turn the rest of a line around.
pub fn printable(text: &str) -> String {
    let allowed = |c: &char| match c {
        '\t' | '\n' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    text.chars().filter(allowed).collect()
}
