//! `_headers` and `_redirects`, as Netlify and Cloudflare Pages read them.

use crate::page::world::{World, push_path};

/// Headers: what has a fingerprint in its name may be kept for ever; no page loads anything from
/// elsewhere. Hosts join the policies of all rules that match, and a page would have to obey each,
/// so there is one policy: where there is a search, it lets WebAssembly run.
pub fn headers(world: &World) -> Vec<u8> {
    let wasm = if world.site.config.search { " 'wasm-unsafe-eval'" } else { "" };
    format!(
        "/*\n  Content-Security-Policy: default-src 'self'; script-src 'self'{wasm}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
    .into_bytes()
}

/// One line an alias. The pages that redirect stay, for readers of a copy without such a host.
pub fn redirects(world: &World) -> Vec<u8> {
    let mut out = String::new();
    for entry in world.site.stories() {
        for alias in &entry.story.aliases {
            push_source(&mut out, &alias.value);
            out.push(' ');
            out.push_str(&redirect_target(world, &entry.url));
            out.push_str(" 301\n");
        }
    }
    out.into_bytes()
}

/// A path of our own, in which `*` and `:` are letters and not the patterns that they are to the hosts.
fn push_source(out: &mut String, path: &str) {
    let mut plain = String::with_capacity(path.len());
    push_path(&mut plain, path);
    out.push_str(&plain.replace('*', "%2A").replace(':', "%3A"));
}

fn redirect_target(world: &World, path: &str) -> String {
    let mut target = world.site.config.base_path().to_owned();
    push_path(&mut target, path.trim_start_matches('/'));
    target
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_alias_is_no_pattern() {
        let mut out = String::new();
        super::push_source(&mut out, "/a*/:b c/");
        assert_eq!(out, "/a%2A/%3Ab%20c/");
    }
}
