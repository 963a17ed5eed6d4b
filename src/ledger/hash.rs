//! Hashes of texts and bytes: for what is told apart by its hash alone, and for checksums.
//!
//! Not for secrets: whoever wants two texts of one hash can find them, and deceives nobody but the own ledger.

use crate::sorting::{arranged, sorted_positions};
use alloc::vec::Vec;

/// The offset and the prime of FNV-1a with 64 bits.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9923>.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// The multipliers of MurmurHash3's finalizer with 64 bits (Austin Appleby, public domain).
const MIX: [u64; 2] = [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53];

/// A hash that grows with what is added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hasher {
    lanes: [u64; 2],
}

impl Hasher {
    pub(super) fn new() -> Hasher {
        Hasher {
            lanes: [OFFSET, !OFFSET],
        }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        let [one, two] = &mut self.lanes;
        for byte in bytes {
            *one = (*one ^ u64::from(*byte)).wrapping_mul(PRIME);
            *two = (two.rotate_left(27) ^ u64::from(*byte)).wrapping_mul(MIX[0]);
        }
    }

    /// 64 bits, well mixed.
    pub(super) fn finish(self) -> u64 {
        let [one, two] = self.lanes;
        mixed(mixed(one) ^ two.rotate_left(32))
    }
}

/// 63 bits that stand for a text: of a million texts, two have the same but once in 18 million times.
pub(super) fn hash_63(text: &[u8]) -> u64 {
    let mut hasher = Hasher::new();
    hasher.add(text);
    hasher.finish() >> 1
}

/// 48 bits that stand for a text.
pub(super) fn hash_48(text: &str) -> u64 {
    hash_63(text.as_bytes()) >> 15
}

/// FNV-1a: two texts of one length that differ in one byte have different sums.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(PRIME);
    bytes.iter().fold(OFFSET, step)
}

/// Sorted, each once.
pub(super) fn sorted_hashes(hashes: Vec<u64>) -> Vec<u64> {
    let at = |place: usize| hashes.get(place);
    let positions = sorted_positions(hashes.len(), &|a, b| at(a).cmp(&at(b)));
    let mut sorted = arranged(hashes, &positions);
    sorted.dedup();
    sorted
}

fn mixed(mut hash: u64) -> u64 {
    for multiplier in MIX {
        hash = (hash ^ hash >> 33).wrapping_mul(multiplier);
    }
    hash ^ hash >> 33
}
