//! The index of the search, made by Pagefind: bytes in memory, nothing on disk.

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::diag::Error;
use crate::page::search::{FOLDER, Record, record, record_of_page};
use crate::page::world::World;

/// What Pagefind brings for pages of its own making; ours uses none of it.
const UNUSED: [&str; 4] =
    ["pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight."];

/// What the index will know of every listed story and every plain page.
pub fn records(world: &World) -> Vec<Record> {
    let stories = world.site.listed().par_iter().map(|&at| record(world, at));
    let pages = (0..world.site.docs().len()).into_par_iter().map(|at| record_of_page(world, at));
    stories.chain(pages).collect()
}

/// Equal keys, equal files: a digest of the records and of the program that reads them.
pub fn key(records: &[Record]) -> u128 {
    let versions = concat!(env!("CARGO_PKG_VERSION"), " pagefind 1.6 form 1");
    let digests: Vec<u128> =
        records.par_iter().map(|record| xxh3_128(format!("{record:?}").as_bytes())).collect();
    xxh3_128(format!("{versions} {digests:x?}").as_bytes())
}

/// The files of the index and the program that reads it, with their paths in the output, in order.
pub fn files(records: Vec<Record>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| Error::Output(FOLDER.into(), error.to_string()))?;
    runtime
        .block_on(index(records))
        .map_err(|error| Error::Output(FOLDER.into(), format!("the search could not be indexed: {error}")))
}

async fn index(records: Vec<Record>) -> Result<Vec<(String, Vec<u8>)>, Box<dyn std::error::Error>> {
    let config = PagefindServiceConfig::builder().keep_index_url(true).build();
    let mut index = PagefindIndex::new(Some(config))?;
    for Record { url, content, lang, meta, filters, sort } in records {
        let (meta, filters, sort) = (Some(meta), Some(filters), Some(sort));
        index.add_custom_record(url, content, lang.to_lowercase(), meta, filters, sort).await?;
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for file in index.get_files().await? {
        let name = file.filename.to_string_lossy().replace('\\', "/");
        if !UNUSED.iter().any(|unused| name.starts_with(unused)) {
            files.push((format!("{FOLDER}{name}"), file.contents));
        }
    }
    files.sort();
    Ok(files)
}
