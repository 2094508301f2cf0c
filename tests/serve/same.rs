//! Preview is the build.

use std::path::Path;
use std::process::Command;

use crate::preview::Preview;

/// The pages of the site of this repository, served and built.
#[test]
fn the_bytes_served_are_those_that_a_build_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let preview = Preview::at(tempfile::tempdir().unwrap(), root, &[]);
    let out = preview.path("out");
    let base = format!("http://127.0.0.1:{}/", preview.port);
    let built = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "--now", "2026-01-01", "--base-url", &base, "--root"])
        .arg(root)
        .arg("--output-dir")
        .arg(&out)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut files = Vec::new();
    list(&out, &mut files);
    let looked = preview.looks();
    let pages = files.iter().filter(|file| !file.starts_with(out.join("pagefind"))).count();
    assert_eq!(looked[0]["pages"].as_u64(), Some(pages as u64), "a page is missing");
    assert!(files.len() > 40);
    for file in files {
        let path = file.strip_prefix(&out).unwrap().to_str().unwrap().replace('\\', "/");
        let written = std::fs::read(&file).unwrap();
        let url = match path.strip_suffix("index.html") {
            Some(folder) => format!("/{}", encoded(folder)),
            None => format!("/{}", encoded(&path)),
        };
        let answer = preview.get(&url);
        assert_eq!(answer.status, 200, "{url}");
        let served = if path.ends_with(".html") { without_script(&answer.text()) } else { answer.body };
        assert!(served == written, "{path} differs");
    }
}

/// A page less the one tag that the preview adds.
fn without_script(page: &str) -> Vec<u8> {
    let start = page.find("<script src=\"/.dateline/reload.js\"").expect("the reload script");
    let end = start + page[start..].find("</script>").unwrap() + "</script>".len();
    format!("{}{}", &page[..start], &page[end..]).into_bytes()
}

fn list(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else if !path.file_name().unwrap().to_str().unwrap().starts_with(".dateline") {
            files.push(path);
        }
    }
}

fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./~".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
