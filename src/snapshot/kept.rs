//! What took long to make, kept between builds. Deleting or damaging it costs time and nothing else.

use std::fs;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

/// The bytes kept under a name, or made now and kept. A name must change with everything that the
/// bytes depend on. A disk that cannot keep them is no reason to fail.
pub fn kept<E>(folder: &Path, name: &str, make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
    let path = folder.join(name);
    if let Some(bytes) = fs::read(&path).ok().and_then(opened) {
        return Ok(bytes);
    }
    let bytes = make()?;
    // Renamed into place, so that a build that ends early leaves no half file.
    let passing = folder.join(format!(".{name}.{}", std::process::id()));
    let stored = fs::create_dir_all(folder).and_then(|()| fs::write(&passing, sealed(&bytes)));
    if stored.and_then(|()| fs::rename(&passing, &path)).is_err() {
        let _ = fs::remove_file(&passing);
    }
    Ok(bytes)
}

/// Bytes with their digest behind them.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    [bytes, &xxh3_128(bytes).to_le_bytes()].concat()
}

/// Bytes without their digest, unless it is that of others.
fn opened(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let digest = bytes.split_off(bytes.len().checked_sub(size_of::<u128>())?);
    (*digest == xxh3_128(&bytes).to_le_bytes()).then_some(bytes)
}
