//! What stands where on a card.

use quick_xml::Writer;

use super::Written;
use super::font::{Face, Ruler};
use crate::content::config::Unit;
use crate::coverage::Distribution;
use crate::coverage::distribution::percentages;
use crate::locale::direction;
use crate::page::embed::CARD;
use crate::page::story::Counted;
use crate::page::svg::tone::{self, Tone};
use crate::page::svg::write::{Out, characters, close, element, empty, open, patterns};
use crate::page::world::{Words, World};

/// Pixels left free at the sides.
const EDGE: u32 = 64;

/// Pixels between the edges.
const ROOM: u32 = CARD.0 - 2 * EDGE;

/// Sizes that a headline is tried in, and lines at most.
const SIZES: [u32; 6] = [72, 64, 58, 52, 46, 42];
const LINES: usize = 4;

const INK: &str = "#1b1a17";
const SOFT: &str = "#5b574e";

/// The drawing of a card.
pub fn svg(world: &World, counted: &Counted) -> Written {
    let story = &counted.entry.story;
    let lang = world.site.lang(story);
    let mut sheet = Sheet {
        out: Writer::new(Vec::with_capacity(4 * 1024)),
        rtl: direction(lang) == "rtl",
        world,
        words: world.words(lang),
    };
    let (width, height) = (CARD.0.to_string(), CARD.1.to_string());
    let size = [("width", &*width), ("height", &*height)];
    open(&mut sheet.out, "svg", &[("xmlns", "http://www.w3.org/2000/svg"), size[0], size[1]])?;
    let tones = world.site.rules.axes.main.map(|main| tone::of_axis(world, main)).unwrap_or_default();
    element(&mut sheet.out, "style", &[], ".hatch{fill:#fff;fill-opacity:.45}")?;
    patterns(&mut sheet.out, &tone::Pattern::ALL)?;
    sheet.rect([0, 0, CARD.0, CARD.1], "#fdfcf9")?;
    sheet.rect([0, 0, CARD.0, 12], "#0a5a54")?;
    sheet.head(counted)?;
    // Without a headline the bar has the room for itself.
    let top = if sheet.headline(&world.headline(story))? { 428 } else { 128 };
    sheet.bar(counted, &tones, top)?;
    sheet.counts(counted)?;
    close(&mut sheet.out, "svg")?;
    Ok(sheet.out.into_inner())
}

struct Sheet<'s> {
    out: Out,
    rtl: bool,
    world: &'s World,
    words: &'s Words,
}

type Done = std::io::Result<()>;

/// A line of text.
struct Line<'l> {
    x: u32,
    y: u32,
    size: u32,
    face: Face,
    color: &'l str,
    /// Whether it stands up to its place rather than from it on.
    ends: bool,
}

impl Sheet<'_> {
    /// The site's name, and the day.
    fn head(&mut self, counted: &Counted) -> Done {
        let title = &self.world.site.config.title;
        let day = self.day(counted);
        let taken = Ruler::of(Face::Bold).width(title, 28).min(ROOM / 2);
        let at = Line { x: EDGE, y: 76, size: 28, face: Face::Bold, color: "#0a5a54", ends: false };
        self.text(at, title, ROOM / 2)?;
        let at = Line { x: EDGE + ROOM, y: 76, size: 26, face: Face::Sans, color: SOFT, ends: true };
        self.text(at, &day, ROOM - taken - 40)
    }

    /// Place and day in the story's language, or as much of them as can be printed in the site's.
    fn day(&self, counted: &Counted) -> String {
        let place = counted.entry.story.place.as_deref();
        let said = [(self.words, place), (&*self.world.own, place), (&*self.world.own, None)];
        let days = said.map(|(words, place)| words.language.locale.dateline(place, counted.entry.day));
        let ruler = Ruler::of(Face::Sans);
        let day = days.iter().find_map(|day| ruler.printable(day)).unwrap_or_default();
        day.trim_end_matches([' ', '–', '—', '-']).to_owned()
    }

    /// The headline as large as it fits; whether it could be printed.
    fn headline(&mut self, title: &str) -> std::io::Result<bool> {
        let ruler = Ruler::of(Face::Serif);
        let Some(title) = ruler.printable(title) else {
            return Ok(false);
        };
        let lines_at = |size: u32| ruler.wrapped(&title, size, ROOM);
        // Large type has fewer lines, so that the bar keeps its place.
        let fits =
            |size: u32| lines_at(size).len() as u32 * (size * 6 / 5) <= 290 && lines_at(size).len() <= LINES;
        let size = SIZES.into_iter().find(|&size| fits(size)).unwrap_or(SIZES[SIZES.len() - 1]);
        let mut lines = lines_at(size);
        if lines.len() > LINES {
            // What follows does not fit, so the last line is cut where it is full.
            let rest = lines.split_off(LINES - 1).join(" ");
            lines.push(ruler.fitted(&rest, size, ROOM));
        }
        for (at, line) in lines.iter().enumerate() {
            let y = 104 + (at as u32 + 1) * (size * 6 / 5);
            let at = Line { x: EDGE, y, size, face: Face::Serif, color: INK, ends: false };
            self.text(at, line, ROOM + size)?;
        }
        Ok(true)
    }

    /// The main axis in the unit that the site counts by: a bar from `top` on and its legend, or
    /// nothing if nobody is rated.
    fn bar(&mut self, counted: &Counted, tones: &[Tone], top: u32) -> Done {
        let Some(main) = self.world.site.rules.axes.main else {
            return Ok(());
        };
        let axis = &counted.coverage.axes[main];
        let shares = match self.world.site.config.count {
            Unit::Outlets => &axis.outlets,
            Unit::Articles => &axis.articles,
            Unit::Reports => &axis.reports,
        };
        if shares.rated == 0 {
            return Ok(());
        }
        let counts: Vec<u32> = shares.groups.iter().map(|share| share.count).collect();
        let mut done = 0;
        for (width, tone) in percentages(&counts).into_iter().zip(tones) {
            let start = ROOM * done / 100;
            done += width;
            let end = ROOM * done / 100;
            let gap = if done < 100 && end > start + 6 { 3 } else { 0 };
            self.surface([EDGE + start, top, (end - start).saturating_sub(gap), 480 - top], tone)?;
        }
        self.legend(main, shares, tones)
    }

    fn legend(&mut self, main: usize, shares: &Distribution, tones: &[Tone]) -> Done {
        let shown = shares.groups.len().min(5);
        let number = |n: u32| self.words.language.locale.number(n.into());
        let mut entries = Vec::new();
        let sign = Some(self.words.text("pc")).filter(|sign| Ruler::of(Face::Bold).has(sign)).unwrap_or("%");
        for (at, share) in shares.groups.iter().enumerate().take(shown) {
            let percent = share.percent.map(|percent| format!(" ({percent}{sign})"));
            let name = self.group_name(main, at);
            entries.push(format!("{name} {}{}", number(share.count), percent.unwrap_or_default()));
        }
        if shares.unrated > 0 {
            let ruler = Ruler::of(Face::Bold);
            let names = [self.words.text("unrated"), self.world.own.text("unrated")];
            let name = names.into_iter().find_map(|name| ruler.printable(name));
            entries.push(format!("{} {}", name.unwrap_or_default(), number(shares.unrated)));
        }
        self.entries(&entries, &tones[..shown.min(tones.len())])
    }

    /// One after the other, in smaller type if they would not fit.
    fn entries(&mut self, entries: &[String], tones: &[Tone]) -> Done {
        let ruler = Ruler::of(Face::Bold);
        let needed = |size: u32| entries.iter().map(|label| 80 + ruler.width(label, size)).sum::<u32>();
        let size = [27, 24, 21, 18].into_iter().find(|&size| needed(size) <= ROOM + 44).unwrap_or(18);
        let most = if needed(size) > ROOM + 44 { ROOM / entries.len() as u32 } else { ROOM };
        let mut x = EDGE;
        for (at, label) in entries.iter().enumerate() {
            match tones.get(at) {
                Some(tone) => self.surface([x, 506, 24, 24], tone)?,
                None => {
                    self.rect([x, 506, 24, 24], "#8a8578")?;
                    self.rect([x + 2, 508, 20, 20], "#fdfcf9")?;
                }
            }
            let at = Line { x: x + 36, y: 528, size, face: Face::Bold, color: INK, ends: false };
            self.text(at, label.trim_start(), most.saturating_sub(44))?;
            x += (80 + ruler.width(label, size)).min(most);
        }
        Ok(())
    }

    /// The name of a group that can be printed: in the story's language, or as configured.
    fn group_name(&self, axis: usize, group: usize) -> String {
        let configured = &*self.world.site.rules.axes.list[axis].groups[group].name;
        let ruler = Ruler::of(Face::Bold);
        let names = [&*self.words.groups[axis][group].name, configured];
        names.into_iter().find_map(|name| ruler.printable(name)).unwrap_or_default()
    }

    /// How much was counted, and what the shares are of: in the story's language, or the site's.
    fn counts(&mut self, counted: &Counted) -> Done {
        let ruler = Ruler::of(Face::Sans);
        let lines = [counts(self.world, self.words, counted), counts(self.world, &self.world.own, counted)];
        let Some(line) = lines.iter().find_map(|line| ruler.printable(line)) else {
            return Ok(());
        };
        let at = Line { x: EDGE, y: 586, size: 25, face: Face::Sans, color: SOFT, ends: false };
        self.text(at, &line, ROOM)
    }

    fn text(&mut self, at: Line, text: &str, room: u32) -> Done {
        let ruler = Ruler::of(at.face);
        let Some(text) = ruler.printable(text) else {
            return Ok(());
        };
        let text = ruler.fitted(&text, at.size, room);
        let x = if self.rtl { CARD.0 - at.x } else { at.x }.to_string();
        let (y, size) = (at.y.to_string(), at.size.to_string());
        // Anchors are sides of the page here, not of the reading direction.
        let anchor = if at.ends == self.rtl { "start" } else { "end" };
        let attributes = [
            ("x", &*x),
            ("y", &*y),
            ("font-size", &*size),
            ("font-weight", ruler.weight()),
            ("fill", at.color),
            ("text-anchor", anchor),
        ];
        open(&mut self.out, "text", &attributes)?;
        if self.rtl {
            // The renderer takes every paragraph for left to right; this sets it right.
            characters(&mut self.out, "\u{202b}")?;
        }
        for (family, run) in ruler.runs(&text) {
            open(&mut self.out, "tspan", &[("font-family", family)])?;
            characters(&mut self.out, &run)?;
            close(&mut self.out, "tspan")?;
        }
        close(&mut self.out, "text")
    }

    fn surface(&mut self, place: [u32; 4], tone: &Tone) -> Done {
        self.rect(place, &tone.light)?;
        match tone.pattern {
            Some(pattern) => self.rect(place, &format!("url(#{})", pattern.id())),
            None => Ok(()),
        }
    }

    fn rect(&mut self, [x, y, width, height]: [u32; 4], fill: &str) -> Done {
        if width == 0 {
            return Ok(());
        }
        let x = if self.rtl { CARD.0.saturating_sub(x + width) } else { x };
        let [x, y, width, height] = [x, y, width, height].map(|pixels| pixels.to_string());
        let at = [("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height), ("fill", fill)];
        empty(&mut self.out, "rect", &at)
    }
}

fn counts(world: &World, words: &Words, counted: &Counted) -> String {
    let coverage = &counted.coverage;
    let fill = |key: &str, n: u32| words.language.fill(key, Some(n.into()), &[]);
    let unit = |key: &str, n: u32| format!("{} {}", words.language.locale.number(n.into()), fill(key, n));
    let mut parts = vec![fill("n_articles", coverage.articles)];
    if coverage.articles > 0 {
        parts.push(unit("unit_outlets", coverage.outlets));
        parts.push(unit("unit_reports", coverage.reports));
    }
    if let Some(main) = world.site.rules.axes.main {
        let outlets = &coverage.axes[main].outlets;
        match (outlets.rated, outlets.enough) {
            (0, _) => {}
            (rated, true) => parts.push(fill("n_rated_outlets", rated)),
            // Says how many are rated, too, and there is no room for both.
            (rated, false) => parts.push(fill("too_few_outlets", rated).trim_end_matches('.').to_owned()),
        }
    }
    parts.join(" · ")
}
