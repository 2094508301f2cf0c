//! Random edit scripts: after every edit the output folder holds exactly what a cold build of the
//! same files writes into an empty one.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::{TestSite, copy};

/// A small generator of numbers (xorshift), so that a failing script can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn front(dice: &mut Dice, n: u64) -> String {
    let mut text = format!("title = \"Story {n} {}\"\ntopics = [\"T{}\"]\n", dice.roll(100), dice.roll(4));
    if dice.roll(5) == 0 {
        text.push_str(&format!("aliases = [\"/old/{n}/\"]\n"));
    }
    for at in 0..dice.roll(9) {
        text.push_str(&format!("[[sources]]\noutlet = \"o{}\"\ntitle = \"H {at}\"\n", dice.roll(6)));
    }
    text
}

/// One edit: add, change, delete or rename a story, rate an outlet, change a template, a file of
/// static/, the configuration, an edition.
fn edit(site: &TestSite, dice: &mut Dice, stories: &mut Vec<u64>) -> String {
    let name = |n: u64| format!("2025-{:02}-{:02}-story-{n}.md", n % 12 + 1, n % 28 + 1);
    let path = |n: u64| format!("content/stories/{}", name(n));
    let pick = |dice: &mut Dice, stories: &Vec<u64>| dice.roll(stories.len() as u64) as usize;
    match dice.roll(10) {
        0..=2 => {
            let n = dice.roll(1000);
            if !stories.contains(&n) {
                stories.push(n);
            }
            site.story(&name(n), &front(dice, n));
            format!("add {n}")
        }
        3 | 4 if !stories.is_empty() => {
            let n = stories[pick(dice, stories)];
            site.story(&name(n), &front(dice, n));
            format!("change {n}")
        }
        5 if stories.len() > 1 => {
            let at = pick(dice, stories);
            let n = stories.remove(at);
            site.remove(&path(n));
            format!("delete {n}")
        }
        6 if !stories.is_empty() => {
            let at = pick(dice, stories);
            let (old, new) = (stories[at], 1000 + dice.roll(1000));
            if !stories.contains(&new) {
                std::fs::rename(site.path(&path(old)), site.path(&path(new))).unwrap();
                stories[at] = new;
            }
            format!("rename {old} {new}")
        }
        7 => {
            let outlet = dice.roll(6);
            let level = ["left", "center", "right"][dice.roll(3) as usize];
            let text = format!("name = \"Outlet {outlet}\"\nbias = \"{level}\"\n");
            site.write(&format!("content/outlets/o{outlet}.toml"), &text);
            format!("rate o{outlet} {level}")
        }
        8 => {
            site.write("templates/hooks/foot.html", &format!("<p>foot {}</p>", dice.roll(9)));
            "template".to_owned()
        }
        _ => {
            site.write("static/note.txt", &dice.roll(9).to_string());
            let title = format!("title = \"Site {}\"\npaginate = 3\nsearch = false\n", dice.roll(5));
            site.write("dateline.toml", &title);
            "configuration".to_owned()
        }
    }
}

#[test]
fn the_output_is_what_a_cold_build_writes_whatever_was_edited() {
    for seed in 1..=6u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let site = TestSite::new();
        for outlet in 0..6 {
            site.write(&format!("content/outlets/o{outlet}.toml"), &format!("name = \"Outlet {outlet}\"\n"));
        }
        let mut stories = Vec::new();
        let mut script = Vec::new();
        for _ in 0..10 {
            for _ in 0..=dice.roll(2) {
                script.push(edit(&site, &mut dice, &mut stories));
            }
            site.build();
            let cold = TestSite::new();
            for part in ["content", "static", "templates"] {
                copy(&site.path(part), &cold.path(part));
            }
            std::fs::copy(site.path("dateline.toml"), cold.path("dateline.toml")).unwrap();
            cold.build();
            let (warm, cold) = (site.output(), cold.output());
            let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
                files.keys().cloned().collect::<Vec<_>>()
            };
            assert_eq!(names(&warm), names(&cold), "seed {seed} after {script:?}");
            for (path, bytes) in &warm {
                assert!(cold[path] == *bytes, "{path} differs, seed {seed} after {script:?}");
            }
        }
    }
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen() {
    let site = TestSite::new();
    site.story("2025-01-01-a.md", "title = \"AAAA\"");
    site.build();
    let path = site.path("content/stories/2025-01-01-a.md");
    let modified = std::fs::metadata(&path).unwrap().modified().unwrap();
    site.story("2025-01-01-a.md", "title = \"BBBB\"");
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
    site.build();
    assert!(site.page("stories/a/index.html").contains("BBBB"));
}

#[test]
fn a_build_of_the_same_is_recognized_and_what_is_remembered_may_be_lost_or_damaged() {
    let site = TestSite::new();
    site.story("2025-01-01-a.md", "title = \"A\"");
    // Only files that have been as they are for a moment are recognized.
    std::thread::sleep(std::time::Duration::from_millis(120));
    let is_made = || site.run(&["build", "--timings"]).err.contains("rendering");
    assert!(is_made());
    let first = site.output();
    assert!(!is_made());
    std::fs::write(site.path("public/stories/a/index.html"), "altered").unwrap();
    assert!(is_made() && site.output() == first);
    assert!(!is_made());
    let note = site.path(".dateline/built");
    let text = std::fs::read_to_string(&note).unwrap();
    std::fs::write(&note, text.replace("built 1 ", "built 1 0")).unwrap();
    assert!(is_made() && site.output() == first);
    std::fs::remove_dir_all(site.path(".dateline")).unwrap();
    assert!(is_made() && site.output() == first);
    site.write("templates/hooks/foot.html", "<p>foot</p>");
    assert!(is_made() && site.output() != first);
}
