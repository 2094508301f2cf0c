//! SVG files: whether they hold anything that may run or load when somebody opens them alone.

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use super::Fault;

/// Elements that run, embed or animate an address.
const ELEMENTS: [&str; 9] =
    ["script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate", "audio"];

/// Says what is unsafe about an SVG, if anything is.
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Broken("it is not UTF-8".to_owned()))?;
    let mut reader = Reader::from_str(text);
    let mut seen = false;
    let mut in_style = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                seen = true;
                in_style = is_style(tag.local_name().as_ref());
                element(&tag)?;
            }
            Ok(Event::Empty(tag)) => {
                seen = true;
                element(&tag)?;
            }
            Ok(Event::End(_)) => in_style = false,
            // It may declare entities and attributes that only a browser sees.
            Ok(Event::DocType(doctype)) if doctype.contains('[') => {
                return Err(Fault::Unsafe("declarations of its own".to_owned()));
            }
            Ok(Event::PI(instruction)) if instruction.starts_with("xml-stylesheet") => {
                return Err(Fault::Unsafe("a link to a style sheet".to_owned()));
            }
            Ok(Event::Decl(declaration)) if !is_utf8(&declaration) => {
                return Err(Fault::Unsafe("an encoding other than UTF-8".to_owned()));
            }
            Ok(Event::Text(text)) if in_style => style(&squeezed(&text))?,
            Ok(Event::CData(text)) if in_style => style(&squeezed(&text))?,
            Ok(Event::GeneralRef(_)) if in_style => {
                return Err(Fault::Unsafe("style that is written in entities".to_owned()));
            }
            Ok(Event::Eof) if seen => return Ok(()),
            Ok(Event::Eof) => return Err(Fault::Broken("it holds no element".to_owned())),
            Ok(_) => {}
            Err(error) => return Err(Fault::Broken(error.to_string())),
        }
    }
}

fn is_style(name: &str) -> bool {
    name.eq_ignore_ascii_case("style")
}

/// What this program reads, a browser must read in the same way.
fn is_utf8(declaration: &BytesDecl) -> bool {
    let Some(encoding) = declaration.encoding() else { return true };
    encoding
        .is_ok_and(|encoding| ["utf-8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)))
}

fn element(tag: &BytesStart) -> Result<(), Fault> {
    let name = tag.local_name().as_ref().to_lowercase();
    if ELEMENTS.contains(&&*name) {
        return Err(Fault::Unsafe(format!("a <{name}> element")));
    }
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| Fault::Broken(error.to_string()))?;
        let key = attribute.key.local_name().as_ref().to_lowercase();
        if key.starts_with("on") {
            return Err(Fault::Unsafe(format!("an `{key}` attribute")));
        }
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
        let lower = squeezed(&value);
        let web = lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with('#');
        let is_safe = if name == "a" { web } else { is_inner(&lower) };
        if key == "href" && !is_safe {
            return Err(Fault::Unsafe(format!("a link to `{value}`")));
        }
        if lower.contains("//www.w3.org/1999/xhtml") {
            return Err(Fault::Unsafe("elements of HTML".to_owned()));
        }
        if key == "style" || lower.contains("url(") {
            style(&lower)?;
        }
    }
    Ok(())
}

/// Refuses style that loads something, or hides what it does behind escapes.
fn style(lower: &str) -> Result<(), Fault> {
    let mut urls = lower.split("url(").skip(1);
    let loads = ["@import", "image-set(", "src(", "\\"].iter().any(|word| lower.contains(word));
    if loads || urls.any(|url| !is_inner(url.trim_start_matches(['"', '\'']))) {
        return Err(Fault::Unsafe("style that loads something".to_owned()));
    }
    Ok(())
}

/// Whether an address leads to a part of the file, or is a picture itself.
fn is_inner(address: &str) -> bool {
    address.starts_with('#') || address.starts_with("data:image/")
}

/// Without what a browser ignores in addresses, in lower case.
fn squeezed(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    kept.collect::<String>().to_lowercase()
}

/// Whole pixels of the width and height that the root element gives.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::from_str(std::str::from_utf8(bytes).ok()?);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                let pixels = |key: &str| {
                    let value = tag.try_get_attribute(key).ok()??;
                    value.value.trim_end_matches("px").trim().parse::<u32>().ok().filter(|&pixels| pixels > 0)
                };
                return Some((pixels("width")?, pixels("height")?));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(svg: &str) -> bool {
        matches!(check(svg.as_bytes()), Err(Fault::Unsafe(_)))
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        assert!(check(b"<svg width='10' height='20'><path d='M0 0'/><use href='#a'/></svg>").is_ok());
        assert!(fault("<svg><script>alert(1)</script></svg>"));
        assert!(fault("<svg xmlns:s='http://www.w3.org/2000/svg'><s:SCRIPT/></svg>"));
        assert!(fault("<svg onload='x()'/>"));
        assert!(fault("<svg><a href=' java&#10;script:x()'/></svg>"));
        assert!(fault("<svg><image href='https://x.example/a.png'/></svg>"));
        assert!(fault("<svg><style>@import 'https://x.example'</style></svg>"));
        assert!(fault("<svg><rect style='fill: url(https://x.example)'/></svg>"));
        assert!(check(b"<svg><rect fill='url(#p)'/><a href='https://x.example/'/></svg>").is_ok());
        assert!(fault("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"));
        assert!(matches!(check(b"\xff\xfe"), Err(Fault::Broken(_))));
        assert!(matches!(check(b""), Err(Fault::Broken(_))));
    }

    #[test]
    fn sizes_are_read_where_they_are_whole() {
        assert_eq!(size(b"<svg width='10px' height='20'/>"), Some((10, 20)));
        assert_eq!(size(b"<svg viewBox='0 0 1 1'/>"), None);
    }
}
