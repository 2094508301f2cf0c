//! A ledger as bytes: a line with the version, numbers in little-endian order, a checksum.

use xxhash_rust::xxh3::xxh3_128;

use super::Record;
use crate::site::things::Thing;

/// Another version is another line, and no ledger.
const MAGIC: [u8; 17] = *b"dateline-pages 1\n";

/// The bytes of a ledger.
pub fn encode(common: u128, things: &[Thing], records: &[Record]) -> Vec<u8> {
    let reads: usize = records.iter().map(|record| record.reads.len()).sum();
    let mut bytes = Vec::with_capacity(64 + things.len() * 32 + records.len() * 44 + reads * 4);
    bytes.extend(MAGIC);
    bytes.extend(common.to_le_bytes());
    bytes.extend((things.len() as u32).to_le_bytes());
    bytes.extend((records.len() as u32).to_le_bytes());
    for Thing { name, digest } in things {
        bytes.extend(name.to_le_bytes());
        bytes.extend(digest.to_le_bytes());
    }
    for Record { key, hash, size, reads } in records {
        bytes.extend(key.to_le_bytes());
        bytes.extend(hash.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend((reads.len() as u32).to_le_bytes());
        reads.iter().for_each(|at| bytes.extend(at.to_le_bytes()));
    }
    bytes.extend(xxh3_128(&bytes).to_le_bytes());
    bytes
}

/// What every page is made from, what pages read, and how they came out; none for anything but a
/// whole ledger of this version.
pub fn decode(bytes: &[u8]) -> Option<(u128, Vec<Thing>, Vec<Record>)> {
    let (body, checksum) = bytes.split_last_chunk::<16>()?;
    if u128::from_le_bytes(*checksum) != xxh3_128(body) {
        return None;
    }
    let mut rest = body.strip_prefix(&MAGIC)?;
    let common = long(&mut rest)?;
    let (things, records) = (short(&mut rest)?, short(&mut rest)?);
    let thing = |rest: &mut &[u8]| Some(Thing { name: long(rest)?, digest: long(rest)? });
    let things = (0..things).map(|_| thing(&mut rest)).collect::<Option<Vec<_>>>()?;
    let records = (0..records).map(|_| record(&mut rest)).collect::<Option<Vec<_>>>()?;
    rest.is_empty().then_some((common, things, records))
}

fn record(rest: &mut &[u8]) -> Option<Record> {
    let (key, hash) = (long(rest)?, long(rest)?);
    let size = u64::from_le_bytes(*take::<8>(rest)?);
    let count = short(rest)? as usize;
    let reads = rest.split_off(..count.checked_mul(4)?)?;
    let (reads, _) = reads.as_chunks::<4>();
    Some(Record { key, hash, size, reads: reads.iter().map(|at| u32::from_le_bytes(*at)).collect() })
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (first, others) = rest.split_first_chunk::<N>()?;
    *rest = others;
    Some(first)
}

fn long(rest: &mut &[u8]) -> Option<u128> {
    take::<16>(rest).map(|bytes| u128::from_le_bytes(*bytes))
}

fn short(rest: &mut &[u8]) -> Option<u32> {
    take::<4>(rest).map(|bytes| u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_read_back_and_a_damaged_one_is_none() {
        let things = [Thing { name: 1, digest: 2 }, Thing { name: u128::MAX, digest: 0 }];
        let record = |key, reads: &[u32]| Record { key, hash: 5, size: 6, reads: reads.into() };
        let records = [record(3, &[0, 1]), record(4, &[])];
        let bytes = encode(9, &things, &records);
        assert_eq!(decode(&bytes), Some((9, things.to_vec(), records.to_vec())));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(decode(&damaged).is_none() && decode(&bytes[..at]).is_none(), "{at}");
        }
    }
}
