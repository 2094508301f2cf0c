//! Sites for tests: files in, the output folder out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A built site.
pub struct Built {
    _keep: Option<TempDir>,
    folder: PathBuf,
    /// What the program printed to stderr.
    pub said: String,
}

/// Runs the program on a site's folder.
pub fn dateline(root: &Path, out: &Path, flags: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "--now", "2026-11-23", "--root"])
        .arg(root)
        .arg("-o")
        .arg(out)
        .args(flags)
        .output()
        .unwrap()
}

fn checked(keep: TempDir, folder: PathBuf, output: Output) -> Built {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    Built { _keep: Some(keep), folder, said }
}

/// A document of the repository.
pub fn document(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Builds the sample site of the repository.
pub fn sample(flags: &[&str]) -> Built {
    of_folder("", str::to_owned, flags)
}

/// Builds a site that stands in the repository, its configuration altered.
pub fn of_folder(path: &str, config: impl FnOnce(&str) -> String, flags: &[&str]) -> Built {
    let keep = TempDir::new().unwrap();
    let folder = keep.path().join("out");
    let root = keep.path().join("site");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &root);
    let file = root.join("dateline.toml");
    let text = config(&std::fs::read_to_string(&file).unwrap());
    std::fs::write(file, text).unwrap();
    let output = dateline(&root, &folder, flags);
    checked(keep, folder, output)
}

fn copy(from: &Path, root: &Path) {
    std::fs::create_dir_all(root).unwrap();
    std::fs::copy(from.join("dateline.toml"), root.join("dateline.toml")).unwrap();
    for folder in ["content", "static", "templates"] {
        for entry in walkdir::WalkDir::new(from.join(folder)).into_iter().filter_map(Result::ok) {
            let to = root.join(entry.path().strip_prefix(from).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(to).unwrap();
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
}

/// Builds a site of these files: path and text.
pub fn site(files: &[(&str, &str)], flags: &[&str]) -> Built {
    let (keep, output) = run(files, flags);
    let folder = keep.path().join("out");
    checked(keep, folder, output)
}

/// What the program says of a site that it refuses to build.
pub fn refused(files: &[(&str, &str)]) -> String {
    let (_keep, output) = run(files, &["--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The folder and what the program said, whether it built or not.
pub fn run(files: &[(&str, &str)], flags: &[&str]) -> (TempDir, Output) {
    let keep = TempDir::new().unwrap();
    let root = keep.path().join("site");
    for (path, text) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let output = dateline(&root, &keep.path().join("out"), flags);
    (keep, output)
}

impl Built {
    /// An output folder that stands already.
    pub fn at(folder: &Path) -> Built {
        Built { _keep: None, folder: folder.to_owned(), said: String::new() }
    }

    /// A file of the output.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether a file is there.
    pub fn has(&self, path: &str) -> bool {
        self.folder.join(path).is_file()
    }

    /// All files, by path with `/`.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let files = walkdir::WalkDir::new(&self.folder).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(&self.folder).unwrap();
                let path: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                (path.join("/"), std::fs::read(entry.path()).unwrap())
            })
            .collect()
    }
}
