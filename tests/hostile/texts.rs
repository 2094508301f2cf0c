//! Texts that try to leave the place in which they stand.

/// A text and what it tries.
pub struct Hostile {
    pub name: &'static str,
    pub text: String,
}

/// Every text that each field is filled with.
pub fn all() -> Vec<Hostile> {
    let texts = [
        ("markup", MARKUP.to_owned()),
        ("template", TEMPLATE.to_owned()),
        ("links", LINKS.to_owned()),
        ("formula", "=cmd|' /C calc'!A0".to_owned()),
        ("formula-plus", "+1+1".to_owned()),
        ("formula-minus", "-1+1".to_owned()),
        ("formula-at", "@SUM(1)".to_owned()),
        ("formula-tab", "\t=1+1".to_owned()),
        ("lines", "a\r\nSet-Cookie: pwned=1\r\n\r\n+++\n---\n<b>b\n\n".to_owned()),
        ("long", "Donaudampfschiff ".repeat(200)),
    ];
    texts.into_iter().map(|(name, text)| Hostile { name, text }).collect()
}

/// Ends of everything that a page, an attribute, a script, a feed and a picture can be in.
const MARKUP: &str = concat!(
    r#"</title></style></textarea></noscript></script><script>pwned()</script><svg onload=pwned()>"#,
    r#"<img src=x onerror=pwned()>"><b onmouseover="pwned()" x="' onmouseover='pwned()' x='>"#,
    r#"]]><script>pwned()</script><![CDATA[--><!--<!--><script>--><?xml-stylesheet href="x"?>"#,
    r#"&lt;script&gt;pwned()&lt;/script&gt;&#60;script&#62;pwned()&#60;/script&#62;&amp;lt;"#,
    r#"<iframe srcdoc="x"><base href="//evil.example/"><meta http-equiv=refresh content="0;url=//evil.example">"#,
    r#"<form action=//evil.example><plaintext>\u003cscript\u003e \" \' `pwned()` ${pwned()} "#,
);

/// Words of the template engine, of the site's own stand-ins, and of formats around a text.
const TEMPLATE: &str = concat!(
    "{{ 7 * 7 }} {% raw %} {% set x = 1 %} {# note #} {{ site.title }} <%= 7 * 7 %> ${7*7} #{7*7} ",
    "dateline-root:/x\" %s %n $1 \\0 &nbsp; &bogus; \u{2028}\u{2029} +++ --- [extra] ",
);

/// Links in Markdown that must lead nowhere.
const LINKS: &str = concat!(
    "[x](javascript:pwned()) [x](JaVaScRiPt&colon;pwned()) [x](data:text/html,pwned) [x](file:///etc/passwd) ",
    "[x](//evil.example) [x](\\\\evil.example) <javascript:pwned()> ![x](javascript:pwned()) ![x](//evil.example/p.png) ",
    "[x](vbscript:pwned()) [x](https://a.example/\"onmouseover=\"pwned()) [x](</x y> \"\\\" onclick=pwned()\") ",
    "[r] ![r]\n\n[r]: javascript:pwned() \"x\"\n\n| a | b |\n|:-|-:|\n| `<b>` | x |\n\n## h {onclick=pwned()} {#\"><b>}\n\n> [!NOTE]\n> x\n\n",
);
