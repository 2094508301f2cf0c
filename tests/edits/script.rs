//! Edits of every kind, chosen by dice.

use std::fs;
use std::path::PathBuf;

use crate::common::TestSite;

/// A small generator of numbers (xorshift), so that a failing script can be run again.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(of.len() as u64) as usize]
    }
}

/// A site under edits.
pub struct Script {
    pub site: TestSite,
    pub dice: Dice,
    /// What was done, for messages.
    pub done: Vec<String>,
    /// What the next build takes for now.
    pub now: &'static str,
    stories: Vec<u64>,
    ledgers: Vec<Vec<u8>>,
    /// Parsed stories as they were kept at some time.
    shards: Vec<(PathBuf, Vec<u8>)>,
}

fn name(n: u64) -> String {
    format!("2025-{:02}-{:02}-story-{n}.md", n % 12 + 1, n % 28 + 1)
}

fn path(n: u64) -> String {
    format!("content/stories/{}", name(n))
}

/// A story that is always there, for others to refer to.
const ANCHOR: u64 = 9999;

impl Script {
    /// A site with outlets and one story.
    pub fn new(seed: u64) -> Script {
        let site = TestSite::new();
        for outlet in 0..6 {
            site.write(&format!("content/outlets/o{outlet}.toml"), &format!("name = \"Outlet {outlet}\"\n"));
        }
        site.story(&name(ANCHOR), "title = \"Anchor\"");
        let dice = Dice::new(seed);
        Script {
            site,
            dice,
            done: Vec::new(),
            now: "2026-01-01",
            stories: vec![ANCHOR],
            ledgers: Vec::new(),
            shards: Vec::new(),
        }
    }

    /// Does one edit.
    pub fn edit(&mut self) {
        let done = match self.dice.roll(24) {
            0..=3 => self.add(),
            4..=6 => self.change(),
            7 => self.delete(),
            8 => self.rename(),
            9 | 10 => self.change_unseen(),
            11 => self.rate(),
            12 | 13 => self.template(),
            14 => self.configure(),
            15 => self.topic(),
            16 => self.texts(),
            17 | 18 => self.edition(),
            19 => self.page(),
            20 => self.file(),
            21 => self.clock(),
            _ => self.damage(),
        };
        self.done.push(done);
    }

    fn front(&mut self, n: u64) -> String {
        let dice = &mut self.dice;
        let mut text =
            format!("title = \"Story {n} {}\"\ntopics = [\"T{}\"]\n", dice.roll(100), dice.roll(4));
        if n != ANCHOR {
            let reference = format!("\"story-{ANCHOR}\"");
            match dice.roll(8) {
                0 => text.push_str(&format!("aliases = [\"/old/{n}/\"]\n")),
                1 => text.push_str(&format!("follows = {reference}\n")),
                2 => text.push_str(&format!("related = [{reference}]\n")),
                3 => text.push_str("lang = \"de\"\n"),
                4 => text.push_str("withdrawn = \"It was wrong.\"\n"),
                5 => text.push_str("expires = 2026-02-01\n"),
                6 => text.push_str("date = 2026-02-15\n"),
                _ => {}
            }
        }
        for at in 0..dice.roll(9) {
            text.push_str(&format!("[[sources]]\noutlet = \"o{}\"\ntitle = \"H {at}\"\n", dice.roll(6)));
        }
        text
    }

    fn some_story(&mut self) -> usize {
        self.dice.roll(self.stories.len() as u64) as usize
    }

    fn write_story(&mut self, n: u64) {
        let front = self.front(n);
        self.site.story(&name(n), &front);
    }

    fn add(&mut self) -> String {
        let n = self.dice.roll(1000);
        if !self.stories.contains(&n) {
            self.stories.push(n);
        }
        self.write_story(n);
        format!("add {n}")
    }

    fn change(&mut self) -> String {
        let at = self.some_story();
        let n = self.stories[at];
        self.write_story(n);
        format!("change {n}")
    }

    fn delete(&mut self) -> String {
        let at = self.some_story();
        let n = self.stories[at];
        if n != ANCHOR {
            self.stories.remove(at);
            self.site.remove(&path(n));
        }
        format!("delete {n}")
    }

    fn rename(&mut self) -> String {
        let at = self.some_story();
        let (old, new) = (self.stories[at], 1000 + self.dice.roll(1000));
        if old != ANCHOR && !self.stories.contains(&new) {
            fs::rename(self.site.path(&path(old)), self.site.path(&path(new))).unwrap();
            self.stories[at] = new;
        }
        format!("rename {old} {new}")
    }

    /// A change that keeps the size of the file and its time.
    fn change_unseen(&mut self) -> String {
        let at = self.some_story();
        let n = self.stories[at];
        let file = self.site.path(&path(n));
        let modified = fs::metadata(&file).unwrap().modified().unwrap();
        let body = ["Body", "Bode", "Bobo"][self.dice.roll(3) as usize];
        let text = fs::read_to_string(&file).unwrap();
        let end = text.rfind("\nBo").unwrap() + 1;
        fs::write(&file, format!("{}{body}{}", &text[..end], &text[end + 4..])).unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
        format!("change unseen {n}")
    }

    fn rate(&mut self) -> String {
        let outlet = self.dice.roll(6);
        let level = self.dice.one(&["left", "center", "right"]);
        let text = format!("name = \"Outlet {outlet}\"\nbias = \"{level}\"\n");
        self.site.write(&format!("content/outlets/o{outlet}.toml"), &text);
        format!("rate o{outlet} {level}")
    }

    fn template(&mut self) -> String {
        let number = self.dice.roll(9);
        let (name, text) = match self.dice.roll(5) {
            0 => ("hooks/foot.html", format!("<p>foot {number}</p>")),
            1 => ("hooks/story.html", format!("<p>story {number}</p>")),
            2 => ("widgets/card.html", card(number)),
            3 => ("widgets/byline.html", byline(number)),
            _ => {
                let name = ["story.html", "topic.html", "home.html"][self.dice.roll(3) as usize];
                let block = format!("{{% block head_extra %}}<!-- {number} -->{{% endblock %}}");
                (name, format!("{{% extends \"default/{name}\" %}}\n{block}\n"))
            }
        };
        let file = format!("templates/{name}");
        match number {
            0 if self.site.path(&file).exists() => drop(self.site.remove(&file)),
            _ => drop(self.site.write(&file, &text)),
        }
        format!("template {name} {number}")
    }

    fn configure(&mut self) -> String {
        let number = self.dice.roll(5);
        let text = format!("title = \"Site {number}\"\npaginate = 3\nsearch = false\n");
        self.site.write("dateline.toml", &text);
        format!("configuration {number}")
    }

    fn topic(&mut self) -> String {
        let (topic, number) = (self.dice.roll(4), self.dice.roll(5));
        let parent = if topic > 0 && number > 2 { "parent = \"T0\"\n" } else { "" };
        let text = format!("+++\nname = \"T{topic}\"\ndescription = \"About {number}.\"\n{parent}+++\n");
        // T0 has a file of its own or none; it stays what others stand below.
        self.site.write(&format!("content/topics/t{topic}.md"), &text);
        if !parent.is_empty() {
            self.site.write("content/topics/t0.md", "+++\nname = \"T0\"\n+++\n");
        }
        format!("topic {topic} {number}")
    }

    fn texts(&mut self) -> String {
        let number = self.dice.roll(5);
        let lang = self.dice.one(&["en", "de"]);
        self.site.write(&format!("i18n/{lang}.toml"), &format!("topics = \"Topics {number}\"\n"));
        format!("texts {lang} {number}")
    }

    fn edition(&mut self) -> String {
        let n = self.dice.roll(3);
        let number = self.dice.roll(9);
        let text = format!(
            "+++\ntitle = \"Edition {n} {number}\"\ndate = 2025-12-0{}\nstories = [\"story-{ANCHOR}\"]\n+++\n\nHello.\n",
            n + 1
        );
        self.site.write(&format!("content/editions/e{n}.md"), &text);
        format!("edition {n} {number}")
    }

    fn page(&mut self) -> String {
        let (n, number) = (self.dice.roll(2), self.dice.roll(9));
        let text = format!("+++\ntitle = \"Page {}\"\n+++\n\nText {number}.\n", number / 3);
        self.site.write(&format!("content/pages/p{n}.md"), &text);
        format!("page {n} {number}")
    }

    fn file(&mut self) -> String {
        let number = self.dice.roll(9);
        self.site.write("static/note.txt", &number.to_string());
        format!("file {number}")
    }

    fn clock(&mut self) -> String {
        self.now = self.dice.one(&["2025-12-20", "2026-01-01", "2026-02-20", "2026-03-01"]);
        format!("now {}", self.now)
    }

    /// Damages what is remembered, or puts what an earlier build remembered in its place.
    fn damage(&mut self) -> String {
        if self.dice.roll(2) == 0 {
            return self.damage_stories();
        }
        let ledger = self.site.path(".dateline/pages");
        let Ok(mut bytes) = fs::read(&ledger) else { return "no ledger yet".to_owned() };
        self.ledgers.push(bytes.clone());
        let what = self.dice.one(&["cut", "flipped", "of another version", "older", "gone"]);
        match what {
            "cut" => bytes.truncate(self.dice.roll(bytes.len() as u64) as usize),
            "flipped" => {
                let at = self.dice.roll(bytes.len() as u64) as usize;
                bytes[at] ^= 1 << self.dice.roll(8);
            }
            "of another version" => bytes[15] = b'0',
            "older" => bytes = self.ledgers[self.dice.roll(self.ledgers.len() as u64) as usize].clone(),
            _ => {
                fs::remove_file(&ledger).unwrap();
                return "ledger gone".to_owned();
            }
        }
        fs::write(&ledger, bytes).unwrap();
        format!("ledger {what}")
    }
}

impl Script {
    /// Damages parsed stories that are kept, or puts those of an earlier build in their place.
    fn damage_stories(&mut self) -> String {
        let folder = self.site.path(".dateline/stories");
        let Ok(entries) = fs::read_dir(&folder) else { return "no stories kept yet".to_owned() };
        let mut shards: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        shards.sort();
        if shards.is_empty() {
            return "no stories kept yet".to_owned();
        }
        let what = self.dice.one(&["cut", "flipped", "earlier", "all earlier", "gone"]);
        let one = shards[self.dice.roll(shards.len() as u64) as usize].clone();
        let mut bytes = fs::read(&one).unwrap();
        match what {
            "cut" => bytes.truncate(self.dice.roll(bytes.len() as u64) as usize),
            "flipped" => {
                let at = self.dice.roll(bytes.len() as u64) as usize;
                bytes[at] ^= 1 << self.dice.roll(8);
            }
            _ => {}
        }
        let now: Vec<_> = shards.iter().map(|shard| (shard.clone(), fs::read(shard).unwrap())).collect();
        match what {
            "cut" | "flipped" => fs::write(&one, bytes).unwrap(),
            "gone" => fs::remove_file(&one).unwrap(),
            _ => {
                for (shard, bytes) in
                    self.shards.iter().filter(|(shard, _)| what != "earlier" || *shard == one)
                {
                    fs::write(shard, bytes).unwrap();
                }
            }
        }
        self.shards = now;
        format!("stories {what}")
    }
}

/// The card of the theme with something before it.
fn byline(number: u64) -> String {
    let own = include_str!("../../themes/default/templates/widgets/byline.html");
    own.replace("<a ", &format!("<!-- {number} --><a "))
}

fn card(number: u64) -> String {
    let own = include_str!("../../themes/default/templates/widgets/card.html");
    own.replace("<article", &format!("<!-- {number} --><article"))
}
