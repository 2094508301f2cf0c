//! What the program says about hostile input steers no terminal.

use super::common::{Said, TestSite};

/// An escape sequence that clears the screen, one that sets its title, C1 controls, an override.
const STEERING: &str = "\u{1b}[2J\u{1b}]0;pwned\u{7}\u{9b}31m\u{202E}\r\u{8}";

fn quiet(said: &Said, what: &str) {
    let is_bad = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    for text in [&said.out, &said.err] {
        assert!(!text.contains(is_bad), "{what}: {text:?}");
    }
}

#[test]
fn no_message_steers_the_terminal() {
    let site = TestSite::new();
    let escaped: String = STEERING.chars().map(|c| format!("\\u{:04X}", c as u32)).collect();
    site.story("a.md", &format!("title = \"{escaped}\"\ndate = 2025-01-02\n\"{escaped}\" = 1\nlang = \"{escaped}\"\nslug = \"{escaped}\"\n[[sources]]\nurl = \"{escaped}\"\noutlet = \"{escaped}\""));
    site.put("content/stories/b.md", format!("+++\ntitle = \"B\"\ndate = 2025-01-02\n+++\n[x](javascript:{STEERING}) [@{STEERING}] <b{STEERING}>").as_bytes());
    site.put(
        "content/outlets.toml",
        format!("[\"{escaped}\"]\nname = \"{escaped}\"\nbias = \"{escaped}\"\n").as_bytes(),
    );
    site.put("templates/story.html", format!("{{{{ {STEERING} }}}}{{{{ nothing.of.that }}}}").as_bytes());
    site.put(&format!("content/stories/{STEERING}.md"), b"+++\n+++\n");
    for format in ["human", "short", "json"] {
        let said = site.run(&["build", "--message-format", format, "--color", "never"]);
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(said.err.contains("hidden-character"), "{}", said.err);
        quiet(&said, format);
    }
    let saved = site.path("page.html");
    std::fs::write(
        &saved,
        format!("<title>{STEERING}</title><meta property=og:site_name content=\"{STEERING}\">"),
    )
    .unwrap();
    site.remove("templates/story.html").remove("content/outlets.toml").remove("content/stories/a.md");
    site.remove(&format!("content/stories/{STEERING}.md")).story("b.md", "title = \"B\"\ndate = 2025-01-02");
    let feed = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"items\":[{{\"id\":\"1\",\"title\":\"{escaped}\",\"url\":\"https://a.example/\"}}]}}"
    );
    site.write("feed.json", &feed);
    let saved = saved.to_string_lossy().into_owned();
    let commands: [&[&str]; 8] = [
        &["new", "story", STEERING],
        &["explain", STEERING],
        &["rename", STEERING, STEERING],
        &["add", STEERING, "https://a.example/"],
        &["add", "b", &format!("https://a.example/{STEERING}"), "--html", &saved],
        &["import", "feed", "feed.json"],
        &["build", "-o", STEERING],
        &["build", "-r", STEERING],
    ];
    for command in commands {
        quiet(&site.run(command), &format!("{command:?}"));
    }
}
