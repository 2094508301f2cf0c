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
    for entry in &world.site.stories {
        for alias in &entry.story.aliases {
            push_path(&mut out, &alias.value);
            out.push(' ');
            out.push_str(&redirect_target(world, &entry.url));
            out.push_str(" 301\n");
        }
    }
    out.into_bytes()
}

fn redirect_target(world: &World, path: &str) -> String {
    let mut target = world.site.config.base_path().to_owned();
    push_path(&mut target, path.trim_start_matches('/'));
    target
}
