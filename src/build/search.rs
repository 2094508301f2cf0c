//! The index of the search, made by Pagefind: bytes in memory, nothing on disk.

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::*;

use crate::diag::Error;
use crate::page::search::{FOLDER, Record, record};
use crate::page::world::World;

/// What Pagefind brings for pages of its own making; ours uses none of it.
const UNUSED: [&str; 4] =
    ["pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight."];

/// The files of the index and the program that reads it, with their paths in the output, in order.
pub fn files(world: &World) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let records: Vec<Record> = world.site.listed.par_iter().map(|&at| record(world, at)).collect();
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
