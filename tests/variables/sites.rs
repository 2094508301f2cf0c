//! Sites that between them use everything: the sample site, the documentation, the site with every
//! key of stories, one with what these lack, and one with next to nothing.

use std::path::Path;

use crate::common::{TestSite, copy};

/// All of them.
pub fn all() -> Vec<TestSite> {
    let of_repository = ["", "docs", "tests/golden/every-key"].map(of_repository);
    of_repository.into_iter().chain([rest(), bare()]).collect()
}

fn of_repository(inner: &str) -> TestSite {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(inner);
    let site = TestSite::new();
    for folder in ["content", "static", "templates", "i18n", "schemas"] {
        copy(&from.join(folder), &site.path(folder));
    }
    let config = std::fs::read(from.join("dateline.toml")).unwrap();
    site.put("dateline.toml", &config);
    site
}

const LOGO: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle r="4"/></svg>"#;
const UNMEASURED: &str = r#"<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>"#;

/// More of everything than fits on one page, and the odd values of keys.
fn rest() -> TestSite {
    let site = TestSite::new();
    site.write("dateline.toml", REST).write("static/logo.svg", LOGO).write("static/map.svg", UNMEASURED);
    let outlet = |n: usize| format!("[outlet-{n:03}]\nname = \"Outlet {n}\"\n");
    let first = "[first]\nname = \"First\"\nlogo = \"/logo.svg\"\nbias = \"left\"\n\
                 [[first.ratings]]\naxis = \"bias\"\nrater = \"paid\"\nlabel = \"R\"\nlicense = \"CC-BY-4.0\"\n\
                 url = \"https://paid.example/first/\"\n";
    site.write("content/outlets.toml", &(first.to_owned() + &(1..=101).map(outlet).collect::<String>()));
    for n in 1..=101 {
        site.write(&format!("content/topics/topic-{n:03}.md"), &format!("+++\nname = \"Topic {n}\"\n+++\n"));
    }
    for n in 1..=60 {
        let edition = format!("+++\ntitle = \"Edition {n}\"\ndate = 2025-01-01\nstories = [\"odd\"]\n+++\n");
        site.write(&format!("content/editions/edition-{n:02}.md"), &edition);
    }
    site.write("content/pages/plain.md", "+++\ntitle = \"Plain\"\nweight = 1\n+++\n\nText.\n");
    site.story("2025-07-31-odd.md", ODD);
    site.story(
        "2025-07-30-bare-picture.md",
        "title = \"Bare picture\"\nimage = { src = \"/map.svg\", alt = \"\" }\n",
    );
    site.story("2025-06-01-gone.md", "title = \"Gone\"\nwithdrawn = \"It was *wrong*.\"\n");
    // Blindspots of either side, so many that their outlets have several pages.
    for (name, day, most) in [("a", "2019-03-01", "left"), ("b", "2019-03-02", "right")] {
        for twin in 1..=6 {
            let article = |n: usize| {
                format!(
                    "[[sources]]\ntitle = \"Report {n}\"\noutlet = \"{most}-{n}\"\nurl = \"https://{most}-{n}.example/{name}{twin}\"\n"
                )
            };
            let front = format!(
                "title = \"Blind {name} {twin}\"\ntopics = [\"Topic 1\"]\n{}",
                (1..=9).map(article).collect::<String>()
            );
            site.story(&format!("{day}-blind-{name}-{twin}.md"), &front);
        }
    }
    // More months than are shown one by one.
    for n in 0..25 {
        let day = format!("{}-{:02}-01", 2020 + n / 12, n % 12 + 1);
        site.story(&format!("{day}-month-{n}.md"), &format!("title = \"Month {n}\"\n"));
    }
    for side in ["left", "right"] {
        for n in 1..=9 {
            site.write(
                &format!("content/outlets/{side}-{n}.toml"),
                &format!("name = \"{side} {n}\"\ndomains = [\"{side}-{n}.example\"]\nbias = \"{side}\"\n"),
            );
        }
    }
    site
}

const REST: &str = r##"
title = "The rest"
base_url = "https://rest.example/"
search = false
paginate = 1

[outputs]
story = ["html", "svg"]

[axes.bias]
raters.paid = { name = "Paid", license = "CC-BY-4.0", labels = { "R" = "lean-right" } }
"##;

/// A story whose keys hold what others do not.
const ODD: &str = r#"
title = "Odd"
topics = ["Topic 1"]
disclosure = "Made *by hand*."
image = { src = "/map.svg", alt = "A map", caption = "The *map*" }

[[sources]]
id = "nameless"
outlet = "first"
published = 2025-07-31T08:00:00Z
archive = { url = "https://archive.example/2" }

[[sources]]
outlet = "outlet-001"
copy_of = "nameless"

[[quotes]]
text = "So *there*"

[[sections]]
title = "In short"
text = "In *short*."

[[questions]]
question = "Who *pays*?"
answer = "*Nobody*."

[[revisions]]
date = 2025-08-01
note = "A *source* was added."

[reported]
by = "Somebody"
axes.bias.center = 50
"#;

/// A site without outlets, editions and axes: a story without articles and one with.
fn bare() -> TestSite {
    let site = TestSite::new();
    site.write("dateline.toml", BARE).story("2025-07-31-only.md", "title = \"Only\"\n").story(
        "2025-08-01-one.md",
        "title = \"One\"\n[[sources]]\ntitle = \"Report\"\nurl = \"https://elsewhere.example/one\"\n",
    );
    site
}

const BARE: &str = r#"
title = "Bare"
base_url = "https://bare.example/"
search = false

[outputs]
story = ["html", "embed"]
outlets = false
archive = false
feeds = []

[axes]
bias = false
factuality = false
ownership = false
"#;
