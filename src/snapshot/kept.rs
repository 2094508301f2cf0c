//! What took long to make, kept between builds. Deleting it costs time and nothing else.

use std::fs;
use std::path::Path;

/// The bytes kept under a name, or made now and kept. A name must change with everything that the
/// bytes depend on. A disk that cannot keep them is no reason to fail.
pub fn kept<E>(folder: &Path, name: &str, make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
    let path = folder.join(name);
    if let Some(bytes) = fs::read(&path).ok().filter(|bytes| !bytes.is_empty()) {
        return Ok(bytes);
    }
    let bytes = make()?;
    // Renamed into place, so that a build that ends early leaves no half file.
    let passing = folder.join(format!(".{name}.{}", std::process::id()));
    let stored = fs::create_dir_all(folder).and_then(|()| fs::write(&passing, &bytes));
    if stored.and_then(|()| fs::rename(&passing, &path)).is_err() {
        let _ = fs::remove_file(&passing);
    }
    Ok(bytes)
}
