//! Embeds, pictures and images: whole small sites in, files out.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use dateline::build::{self, Built, Options, Timings};
use dateline::diag::Diag;
use dateline::snapshot::{self, Snapshot};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use xxhash_rust::xxh3::xxh3_128;

struct Site {
    folder: tempfile::TempDir,
}

struct Outcome {
    built: Built,
    snapshot: Snapshot,
    diags: Vec<Diag>,
}

const ALL: &str = "title = \"T & <T>\"\nbase_url = \"https://example.org/sub/\"\n[outputs]\nstory = [\"html\", \"svg\", \"embed\", \"card\"]\n";

impl Site {
    fn new(config: &str) -> Site {
        let site = Site { folder: tempfile::tempdir().unwrap() };
        site.put("dateline.toml", config.as_bytes());
        site
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn story(&self, name: &str, text: &str) {
        self.put(&format!("content/stories/2026-01-02-{name}.md"), text.as_bytes());
    }

    fn build(&self) -> Outcome {
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let (snapshot, _) = snapshot::take(self.folder.path(), "dateline.toml", now).unwrap();
        let outcome = build::run(&snapshot, &Options::default(), &mut Timings::default()).unwrap();
        Outcome { built: outcome.built.unwrap(), snapshot, diags: outcome.diags }
    }
}

impl Outcome {
    fn has(&self, path: &str) -> bool {
        self.built.pages.iter().any(|page| page.path == path)
    }

    fn bytes(&self, path: &str) -> Vec<u8> {
        let page = self.built.pages.iter().find(|page| page.path == path);
        let page = page.unwrap_or_else(|| panic!("no page {path}"));
        self.built.bytes(page, &self.snapshot).unwrap_or_else(|trouble| panic!("{path}: {trouble:?}"))
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    fn all(&self) -> BTreeMap<String, Vec<u8>> {
        self.built.pages.iter().map(|page| (page.path.clone(), self.bytes(&page.path))).collect()
    }

    fn svgs(&self) -> Vec<(String, String)> {
        let paths = self.built.pages.iter().map(|page| &page.path);
        let paths = paths.filter(|path| path.starts_with("stories/") && path.ends_with(".svg"));
        paths.map(|path| (path.clone(), self.text(path))).collect()
    }
}

/// A story with so many sources, each of its own outlet.
fn story(title: &str, sources: usize) -> String {
    let mut text = format!("+++\ntitle = {title:?}\npoints = [\"One <b>point</b> & more\"]\n");
    for at in 0..sources {
        text.push_str(&format!(
            "[[sources]]\nurl = \"https://o{at}.example/a\"\ntitle = \"Headline {at} <i>&\"\npublished = 2026-01-{:02}T10:00:00Z\n",
            1 + at % 28
        ));
    }
    text + "+++\nBody.\n"
}

fn outlets(count: usize) -> String {
    let levels = ["left", "center", "right"];
    let outlet = |at: usize| {
        let bias = levels[at % 3];
        format!(
            "[o{at}]\nname = \"Outlet {at}\"\ndomains = [\"o{at}.example\"]\nbias = \"{bias}\"\ncountry = \"DE\"\n"
        )
    };
    (0..count).map(outlet).collect()
}

#[test]
fn an_embed_page_is_the_storys_own_and_out_of_search() {
    let site = Site::new(ALL);
    site.story("a", &story("Tram & <line>", 6));
    let out = site.build();
    for widget in
        ["details", "distribution-bias", "first", "timeline", "places", "copies", "matrix", "headlines"]
    {
        let html = out.text(&format!("stories/a/embed/{widget}/index.html"));
        assert!(
            html.contains("<link rel=\"canonical\" href=\"https://example.org/sub/stories/a/\">"),
            "{widget}"
        );
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{widget}");
        assert!(html.contains("<base target=\"_top\">"), "{widget}");
        assert!(!html.contains("<line>"), "{widget}");
        assert!(!html.contains("href=\"#"), "{widget}: links lead to the story, not into the frame");
    }
    assert!(!out.has("stories/a/embed/reported/index.html"));
}

#[test]
fn a_story_says_what_to_paste_and_where_its_oembed_is() {
    let site = Site::new(ALL);
    site.story("a", &story("Tram \"nine\" & <line>", 6));
    let out = site.build();
    let html = out.text("stories/a/index.html");
    assert!(html.contains("https://example.org/sub/stories/a/oembed.json"));
    assert!(html.contains("&lt;iframe src=&quot;https://example.org/sub/stories/a/embed/details/&quot;"));
    assert!(html.contains("/sub/stories/a/distribution-bias.svg"));
    assert!(html.contains("https://example.org/sub/stories/a/card.png"));
    let oembed: serde_json::Value = serde_json::from_slice(&out.bytes("stories/a/oembed.json")).unwrap();
    assert_eq!(oembed["version"], "1.0");
    assert_eq!(oembed["type"], "rich");
    assert_eq!(oembed["provider_name"], "T & <T>");
    assert_eq!(oembed["title"], "Tram \"nine\" & <line>");
    assert_eq!(oembed["thumbnail_url"], "https://example.org/sub/stories/a/card.png");
    assert!(oembed["width"].is_u64() && oembed["height"].is_u64() && oembed["cache_age"].is_u64());
    let frame = oembed["html"].as_str().unwrap();
    assert!(frame.starts_with("<iframe src=\"https://") && frame.ends_with("></iframe>"));
    assert_eq!(frame.matches('<').count(), 2, "a title cannot add an element: {frame}");
}

#[test]
fn outputs_that_are_off_leave_no_links() {
    let site = Site::new("title = \"T\"\nbase_url = \"https://example.org/\"\n");
    site.story("a", &story("A", 6));
    let out = site.build();
    let html = out.text("stories/a/index.html");
    assert!(!html.contains("oembed") && !html.contains("iframe") && !html.contains("card.png"));
    assert!(!out.has("stories/a/card.png") && out.svgs().is_empty());
}

#[test]
fn pictures_are_well_formed_whatever_stands_in_them() {
    let site = Site::new(ALL);
    site.put("content/outlets.toml", outlets(300).as_bytes());
    let hostile = "</title><script>alert(1)</script>\u{202e}]]>&amp;<!-- \u{7}x";
    for (name, sources) in [("n0", 0), ("n1", 1), ("n5", 5), ("n42", 42), ("n300", 300)] {
        site.story(name, &story(hostile, sources));
    }
    site.story("long", &story(&"Überlänge".repeat(60), 5));
    site.story("arabic", &story("عنوان طويل", 6).replace("title = \"ع", "lang = \"ar\"\ntitle = \"ع"));
    let svgs = site.build().svgs();
    assert_eq!(svgs.len(), 7 * 11);
    for (path, svg) in &svgs {
        let mut reader = quick_xml::Reader::from_str(svg);
        let mut elements = Vec::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    elements.push(tag.name().as_ref().to_owned());
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        let known = ["svg", "title", "desc", "style", "defs", "pattern", "circle", "rect", "text", "a"];
        assert!(elements.iter().all(|name| known.contains(&name.as_str())), "{path}: {elements:?}");
        assert_eq!(&elements[..3], ["svg", "title", "desc"], "{path}");
        assert!(!svg.contains('\u{202e}') && !svg.contains('\u{7}'), "{path}");
        assert!(svg.contains("role=\"img\"") && svg.contains("prefers-color-scheme:dark"), "{path}");
        assert!(svg.contains("https://example.org/sub/stories/"), "{path}");
        assert!(svg.contains("direction=\"rtl\"") == path.contains("arabic"), "{path}");
    }
}

#[test]
fn a_distribution_says_its_numbers_and_of_how_many() {
    let site = Site::new(ALL);
    site.put("content/outlets.toml", outlets(6).as_bytes());
    site.story("eight", &story("Eight", 8));
    site.story("four", &story("Four", 4));
    let out = site.build();
    let svg = out.text("stories/eight/distribution-bias.svg");
    assert!(svg.contains("Left: 2 outlets, 34% of 6 rated."), "{svg}");
    assert!(svg.contains("Unrated: 2."));
    assert!(svg.contains("2 of 6 rated outlets"));
    let svg = out.text("stories/four/distribution-bias.svg");
    assert!(svg.contains("Too few rated outlets") && svg.contains("Left: 2 outlets."), "{svg}");
    assert!(!svg.contains('%'), "no percentage of too few: {svg}");
}

#[test]
fn a_card_is_drawn_for_every_script_and_length() {
    let site = Site::new(ALL);
    site.put("content/outlets.toml", outlets(6).as_bytes());
    let titles = [
        "Short",
        &"Very long headline ".repeat(30),
        &"W".repeat(90),
        "地震のあと",
        "مرحبا NASA 42",
        "\u{1f680}",
    ];
    for (at, title) in titles.iter().enumerate() {
        site.story(&format!("t{at}"), &story(title, 8));
    }
    site.story("none", &story("Nothing yet", 0));
    let (first, second) = (site.build(), site.build());
    let mut seen = std::collections::BTreeSet::new();
    for name in ["t0", "t1", "t2", "t3", "t4", "t5", "none"] {
        let path = format!("stories/{name}/card.png");
        let png = first.bytes(&path);
        let size = imagesize::blob_size(&png).unwrap();
        assert_eq!((size.width, size.height), (1200, 630), "{name}");
        assert!(png == second.bytes(&path), "{name} is the same again");
        seen.insert(png);
    }
    assert_eq!(seen.len(), 6, "t3 and t5 have no letter to show, all others differ");
}

/// A photograph of noise with EXIF that holds a place, and turned a quarter where asked for.
fn photograph(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let pixel = |x: u32, y: u32| Rgb([(x * 7) as u8, (y * 5) as u8, (x ^ y) as u8]);
    let mut jpeg = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
        .write_to(&mut jpeg, ImageFormat::Jpeg)
        .unwrap();
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 52.5200N 13.4050E");
    let jpeg = jpeg.into_inner();
    let mut out = jpeg[..2].to_vec();
    out.extend([0xFF, 0xE1]);
    out.extend((exif.len() as u16 + 2).to_be_bytes());
    out.extend(exif);
    out.extend(&jpeg[2..]);
    out
}

fn with_picture(name: &str, bytes: &[u8]) -> Site {
    let site = Site::new("title = \"T\"\nbase_url = \"https://example.org/\"\n");
    site.put(&format!("content/stories/2026-01-02-a/{name}"), bytes);
    let text = format!("+++\ntitle = \"A\"\n[image]\nsrc = \"{name}\"\nalt = \"x\"\n+++\n");
    site.put("content/stories/2026-01-02-a/index.md", text.as_bytes());
    site
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn photographs_lose_their_place_and_gain_smaller_versions() {
    let original = photograph(1200, 600, 1);
    let site = with_picture("p.jpg", &original);
    let out = site.build();
    assert_eq!(out.diags, []);
    let html = out.text("stories/a/index.html");
    assert!(
        html.contains("/stories/a/p-480w.webp 480w, /stories/a/p-960w.webp 960w, /stories/a/p.jpg 1200w"),
        "{html}"
    );
    assert!(html.contains("width=\"1200\" height=\"600\""));
    assert!(!out.has("stories/a/p-1600w.webp"), "never scaled up");
    assert!(holds(&original, b"GPS"));
    for (path, width) in [("p.jpg", 1200), ("p-480w.webp", 480), ("p-960w.webp", 960)] {
        let bytes = out.bytes(&format!("stories/a/{path}"));
        assert!(!holds(&bytes, b"GPS") && !holds(&bytes, b"Exif"), "{path}");
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), width, "{path}");
    }
    let cleaned = image::load_from_memory(&out.bytes("stories/a/p.jpg")).unwrap();
    assert!(cleaned == image::load_from_memory(&original).unwrap(), "the pixels are untouched");
}

#[test]
fn a_picture_on_its_side_stands_up() {
    let site = with_picture("p.jpg", &photograph(800, 400, 6));
    let out = site.build();
    assert!(out.text("stories/a/index.html").contains("width=\"400\" height=\"800\""));
    let bytes = out.bytes("stories/a/p.jpg");
    let image = image::load_from_memory(&bytes).unwrap();
    assert_eq!((image.width(), image.height()), (400, 800));
    assert!(!holds(&bytes, b"Exif"));
}

#[test]
fn pngs_become_webp_and_lose_their_comments() {
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_fn(600, 300, |x, _| Rgb([x as u8, 0, 0])).write_to(&mut png, ImageFormat::Png).unwrap();
    let mut bytes = png.into_inner();
    let end = bytes.len() - 12;
    let chunk = [&9u32.to_be_bytes()[..], b"tEXtGPS\0place", &[0; 4]].concat();
    bytes.splice(end..end, chunk);
    let site = with_picture("p.png", &bytes);
    let out = site.build();
    assert!(!holds(&out.bytes("stories/a/p.png"), b"GPS"));
    let small = image::load_from_memory(&out.bytes("stories/a/p-480w.webp")).unwrap();
    assert_eq!((small.width(), small.height()), (480, 240));
}

fn kept(root: &Path, folder: &str) -> Vec<std::path::PathBuf> {
    let folder = std::fs::read_dir(root.join(".dateline").join(folder)).unwrap();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_second_build_takes_what_the_first_made() {
    let site = with_picture("p.jpg", &photograph(1200, 600, 1));
    site.put("dateline.toml", ALL.as_bytes());
    site.story("b", "+++\ntitle = \"B\"\n+++\n");
    let first = site.build().all();
    let [images, cards] = ["images", "cards"].map(|folder| kept(site.folder.path(), folder));
    assert_eq!((images.len(), cards.len()), (2, 2));
    assert!(site.build().all() == first, "two builds are equal");
    for file in [&images[0], &cards[0]] {
        // With its digest behind it, as it is kept.
        let marked = [&b"marked"[..], &xxh3_128(b"marked").to_le_bytes()].concat();
        std::fs::write(file, marked).unwrap();
        let again = site.build().all();
        assert!(again.values().any(|bytes| bytes == b"marked"), "nothing was made again");
        for damaged in ["", "marked", "marked and too long to be short"] {
            std::fs::write(file, damaged).unwrap();
            assert!(site.build().all() == first, "damaging it costs time and nothing else");
        }
    }
    std::fs::remove_dir_all(site.folder.path().join(".dateline")).unwrap();
    assert!(site.build().all() == first, "deleting it costs time and nothing else");
}

#[test]
fn broken_and_hostile_pictures_are_refused_with_their_place() {
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bomb.extend([0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0]);
    bomb.extend([0; 40]);
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>";
    let cut = &photograph(800, 400, 1)[..60];
    let cases: [(&str, &[u8], &str); 5] = [
        ("p.png", b"no picture", "bad-image"),
        ("p.jpg", cut, "bad-image"),
        ("p.png", &bomb, "bad-image"),
        ("p.jpg", b"", "bad-image"),
        ("p.svg", script, "unsafe-image"),
    ];
    for (name, bytes, code) in cases {
        let diags = with_picture(name, bytes).build().diags;
        let found: Vec<(&str, &str)> = diags.iter().map(|diag| (diag.code.name(), &*diag.path)).collect();
        let path = format!("content/stories/2026-01-02-a/{name}");
        assert_eq!(found, [(code, &*path)]);
    }
}

#[test]
fn files_of_static_are_copied_as_they_are() {
    let site = Site::new("title = \"T\"\nbase_url = \"https://example.org/\"\n");
    let photo = photograph(800, 400, 1);
    site.put("static/kept.jpg", &photo);
    site.put("static/shown.jpg", &photo);
    site.put("static/broken.png", b"no picture");
    site.story("a", "+++\ntitle = \"A\"\n[image]\nsrc = \"/shown.jpg\"\nalt = \"x\"\n+++\n");
    let out = site.build();
    assert_eq!(out.diags, []);
    assert!(out.bytes("kept.jpg") == photo);
    assert!(out.bytes("broken.png") == b"no picture");
    assert!(!holds(&out.bytes("shown.jpg"), b"GPS"), "a story's picture is cleaned");
    assert!(out.has("shown-480w.webp"));
}
