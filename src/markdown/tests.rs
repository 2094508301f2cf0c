use super::*;

struct Plain {
    unsafe_html: bool,
}

impl Context for Plain {
    fn cite(&self, ids: &[&str]) -> Option<String> {
        ids.iter().all(|id| id.starts_with('s')).then(|| format!("<cite:{}>", ids.join("+")))
    }

    fn link<'u>(&self, url: &'u str) -> Cow<'u, str> {
        match url.strip_prefix('/') {
            Some(rest) => Cow::Owned(format!("/base/{rest}")),
            None => Cow::Borrowed(url),
        }
    }

    fn image(&self, src: &str, alt: &str, _: &str) -> Option<String> {
        (src == "a.png").then(|| format!("<img src=\"{src}\" alt=\"{alt}\">"))
    }

    fn alert(&self, kind: &str) -> String {
        kind.to_uppercase()
    }

    fn quotes(&self) -> [&str; 4] {
        ["„", "“", "‚", "‘"]
    }

    fn unsafe_html(&self) -> bool {
        self.unsafe_html
    }
}

fn line(text: &str) -> String {
    inline(text, &Plain { unsafe_html: false })
}

fn blocks(text: &str) -> String {
    block(text, "", 2, &Plain { unsafe_html: false }).html
}

#[test]
fn short_fields_take_inline_markdown_only() {
    assert_eq!(line("plain text, 57 % (x)"), "plain text, 57 % (x)");
    assert_eq!(line("a *b* **c** ~~d~~ `e`"), "a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code>");
    assert_eq!(line("# no heading"), "no heading");
    assert_eq!(line("- no\n- list"), "no list");
    assert_eq!(line("a & b < c"), "a &amp; b &lt; c");
}

#[test]
fn citations_become_links_and_stay_text_where_unknown() {
    assert_eq!(line("So [@s1] and [@s1; @s2]."), "So <cite:s1> and <cite:s1+s2>.");
    assert_eq!(line("So [@x]."), "So [@x].");
    assert_eq!(line("`[@s1]`"), "<code>[@s1]</code>");
    assert_eq!(citations("a [@s1; @s2] b `[@s3]` [@s1]"), ["s1", "s2", "s1"]);
}

#[test]
fn nothing_in_a_text_can_run_as_script() {
    for text in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html,<script>)",
        "[x](//evil.example)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "a\n\n<div onclick=\"x\">\n\nb",
        "## x {onclick=alert(1)}",
        "## x {#\"><script>}",
    ] {
        for html in [line(text), blocks(text)] {
            let lower = html.to_lowercase();
            assert!(!lower.contains("<script"), "{text} gave {html}");
            assert!(!lower.contains("href=\"javascript"), "{text} gave {html}");
            assert!(!lower.contains("href=\"//"), "{text} gave {html}");
            assert!(!lower.contains("<img"), "{text} gave {html}");
            assert!(!lower.contains("<div o"), "{text} gave {html}");
            assert!(!lower.contains(" onclick=alert"), "{text} gave {html}");
        }
    }
}

#[test]
fn raw_html_passes_only_where_the_site_says_so() {
    let html = block("a <b>c</b>", "", 2, &Plain { unsafe_html: true }).html;
    assert_eq!(html, "<p>a <b>c</b></p>\n");
    assert_eq!(blocks("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(blocks("a <!-- note --> b"), "<p>a  b</p>\n");
}

#[test]
fn links_of_the_site_get_its_base_path_and_remote_images_become_links() {
    assert_eq!(line("[x](/topics/)"), "<a href=\"/base/topics/\">x</a>");
    assert_eq!(line("![a *b*](https://e.example/p.png)"), "<a href=\"https://e.example/p.png\">a b</a>");
    assert_eq!(blocks("![a](a.png)"), "<p><img src=\"a.png\" alt=\"a\"></p>\n");
    assert_eq!(blocks("![a](b.png)"), "<p>a</p>\n");
}

#[test]
fn the_body_takes_tables_footnotes_alerts_and_smart_punctuation() {
    assert!(blocks("|a|b|\n|-|-|\n|1|2|").contains("<table>"));
    let aligned = blocks("|a|b|c|\n|:-|:-:|-:|\n|1|2|style=\"text-align: left\"|");
    assert!(
        aligned.contains("<td class=\"ta-center\">2</td>") && !aligned.contains("style=\"t"),
        "{aligned}"
    );
    assert!(blocks("> [!NOTE]\n> x").contains("<p class=\"alert-title\">NOTE</p>"));
    assert_eq!(blocks("\"a\" -- b..."), "<p>„a“ – b…</p>\n");
    let html = block("a[^x] b[^x]\n\n[^x]: note", "body-", 2, &Plain { unsafe_html: false }).html;
    assert!(html.contains("<li id=\"fn-body-1\">"), "{html}");
    assert!(html.contains("href=\"#fnref-body-1-2\""), "{html}");
    assert!(!blocks("a\n\n[^never]: note").contains("note"));
}

#[test]
fn headings_get_unique_anchors_and_the_level_of_their_place() {
    let rendered = block("# One\n### Two\n# One\n# Main", "", 3, &Plain { unsafe_html: false });
    let found: Vec<(u8, &str)> = rendered.headings.iter().map(|h| (h.level, h.anchor.as_str())).collect();
    assert_eq!(found, [(3, "one"), (5, "two"), (3, "h-one-2"), (3, "h-main-1")]);
    assert!(rendered.html.starts_with("<h3 id=\"one\">One</h3>"), "{}", rendered.html);
}

#[test]
fn plain_text_has_no_markup_and_no_citations() {
    assert_eq!(plain("A *b* [c](https://d.example) [@s1]."), "A b c.");
    assert_eq!(plain("one\ntwo"), "one two");
}

#[test]
fn citations_can_be_left_out() {
    assert_eq!(without_citations("A *b* [@s1], c [@s1; @s2]. `[@x]`"), "A *b*, c. `[@x]`");
}

#[test]
fn findings_name_what_an_author_should_know() {
    assert_eq!(inspect("[x](javascript:a)"), [Finding::UnsafeLink("javascript:a".into())]);
    assert_eq!(inspect("![](a.png)"), [Finding::MissingAlt("a.png".into())]);
    assert_eq!(
        inspect("![x](https://e.example/a.png)"),
        [Finding::RemoteImage("https://e.example/a.png".into())]
    );
    assert_eq!(inspect("<b>"), [Finding::RawHtml("<b>".into())]);
    assert_eq!(inspect("[@s1] [ok](/x) <a@b.example>"), [Finding::Citation("s1".into())]);
}

#[test]
fn deep_nesting_takes_linear_time() {
    let started = std::time::Instant::now();
    for text in [
        "[".repeat(200_000),
        "![".repeat(100_000),
        "> ".repeat(50_000),
        "*a_".repeat(100_000),
        "[@a".repeat(60_000),
    ] {
        inspect(&text);
        blocks(&text);
    }
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn an_id_that_is_none_gives_way_to_the_words() {
    assert!(blocks("## Words {#a\"b}").contains("id=\"words\""), "{}", blocks("## Words {#a\"b}"));
    assert!(blocks("## Words {#a.b}").contains("id=\"a.b\""), "{}", blocks("## Words {#a.b}"));
}
