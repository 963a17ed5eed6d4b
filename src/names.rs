//! Texts seen before: one table for types, ids, keys and values, so that its code is compiled once.

use alloc::{vec, vec::Vec};

/// A chain of so many occupied places is no accident: the table is arranged anew by another seed.
const LONG_CHAIN: usize = 64;
/// After so many seeds the chains are taken as they are.
const MOST_SEEDS: u32 = 16;
/// Places of the first table; always a power of two.
const FIRST_PLACES: usize = 16;
/// Odd, and with bits all over: the multiplier of the FxHash family.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// Numbers of things that stand elsewhere, by open addressing.
///
/// There is no randomness in the core, so somebody may choose texts that collide: long chains change the seed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// The upper half of a text's hash and its number plus one; 0 where nothing stands.
    places: Vec<u64>,
    count: usize,
    seed: u32,
}

/// Texts numbered in the order they were first met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    bytes: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    index: Index,
}

impl Index {
    /// Forgets everything, and makes room for so many.
    pub(crate) fn reset(&mut self, count: usize) {
        let places = (2 * count).next_power_of_two().max(FIRST_PLACES);
        self.places.clear();
        self.places.resize(places, 0);
        self.count = 0;
        self.seed = 0;
    }

    /// The number of an equal thing, or none, and then this number is kept.
    ///
    /// `hash_of` gives the hash of a number's thing by a seed, `is_same` whether it is the one at hand.
    pub(crate) fn meet(
        &mut self,
        number: u32,
        hash_of: &dyn Fn(u32, u32) -> u64,
        is_same: &dyn Fn(u32) -> bool,
    ) -> Option<u32> {
        if 2 * self.count >= self.places.len() {
            self.grow();
        }
        loop {
            let hash = hash_of(number, self.seed);
            let (place, chain) = match self.find(hash, is_same) {
                Ok((_, known)) => return Some(known),
                Err(free) => free,
            };
            if chain > LONG_CHAIN && self.seed < MOST_SEEDS {
                self.seed += 1;
                self.rearrange(hash_of);
                continue;
            }
            if let Some(slot) = self.places.get_mut(place) {
                *slot = entry(hash, number);
            }
            self.count += 1;
            return None;
        }
    }

    /// The number of a thing that is the same as the one at hand, whose hash by a seed is given.
    pub(crate) fn known(
        &self,
        hash_of: &dyn Fn(u32) -> u64,
        is_same: &dyn Fn(u32) -> bool,
    ) -> Option<u32> {
        if self.count == 0 {
            return None;
        }
        let found = self.find(hash_of(self.seed), is_same);
        found.ok().map(|(_, number)| number)
    }

    /// A number takes the place of an equal one.
    pub(crate) fn replace(
        &mut self,
        number: u32,
        hash_of: &dyn Fn(u32, u32) -> u64,
        is_same: &dyn Fn(u32) -> bool,
    ) {
        let hash = hash_of(number, self.seed);
        if let Ok((place, _)) = self.find(hash, is_same)
            && let Some(slot) = self.places.get_mut(place)
        {
            *slot = entry(hash, number);
        }
    }

    /// Where something equal stands, and its number; else the place it would take, and how long the chain before it is.
    #[inline(always)]
    fn find(
        &self,
        hash: u64,
        is_same: impl Fn(u32) -> bool,
    ) -> Result<(usize, u32), (usize, usize)> {
        let mask = self.places.len().wrapping_sub(1);
        let mut place = (hash >> 32) as usize & mask;
        let mut chain = 0;
        loop {
            let found = self.places.get(place).copied().unwrap_or_default();
            if found == 0 {
                return Err((place, chain));
            }
            if found >> 32 == hash >> 32 && is_same(found as u32 - 1) {
                return Ok((place, found as u32 - 1));
            }
            place = (place + 1) & mask;
            chain += 1;
        }
    }

    fn grow(&mut self) {
        let places = (2 * self.places.len()).max(FIRST_PLACES);
        let before = core::mem::replace(&mut self.places, vec![0; places]);
        for found in before.into_iter().filter(|found| *found != 0) {
            self.put(found);
        }
    }

    fn rearrange(&mut self, hash_of: &dyn Fn(u32, u32) -> u64) {
        let places = self.places.len();
        let before = core::mem::replace(&mut self.places, vec![0; places]);
        for found in before.into_iter().filter(|found| *found != 0) {
            let number = found as u32 - 1;
            self.put(entry(hash_of(number, self.seed), number));
        }
    }

    fn put(&mut self, found: u64) {
        let mask = self.places.len().wrapping_sub(1);
        let mut place = (found >> 32) as usize & mask;
        while self.places.get(place).is_some_and(|taken| *taken != 0) {
            place = (place + 1) & mask;
        }
        if let Some(slot) = self.places.get_mut(place) {
            *slot = found;
        }
    }
}

impl Names {
    /// The number of a text, and whether it is met for the first time.
    pub(crate) fn meet(&mut self, text: &[u8]) -> (u32, bool) {
        match self.find(text) {
            Some(known) => (known, false),
            None => (self.add(text), true),
        }
    }

    #[cold]
    fn add(&mut self, text: &[u8]) -> u32 {
        let number = self.ends.len() as u32;
        let Names { bytes, ends, index } = self;
        let text_of = |known| match known == number {
            true => text,
            false => at(bytes, ends, known),
        };
        let hash_of = |known, seed| hash(text_of(known), seed);
        index.meet(number, &hash_of, &|_| false);
        bytes.extend_from_slice(text);
        ends.push(bytes.len());
        number
    }

    /// Whether a text is met for the first time.
    pub(crate) fn is_new(&mut self, text: &[u8]) -> bool {
        self.meet(text).1
    }

    /// The number of a text that was met.
    pub(crate) fn find(&self, text: &[u8]) -> Option<u32> {
        if self.ends.is_empty() {
            return None;
        }
        let hash = quick_hash(text, self.index.seed);
        let found = self.index.find(hash, |number| {
            is_same(at(&self.bytes, &self.ends, number), text)
        });
        found.ok().map(|(_, number)| number)
    }

    /// The text of a number; empty for one that was never given.
    pub(crate) fn get(&self, number: u32) -> &[u8] {
        at(&self.bytes, &self.ends, number)
    }

    /// How many texts were met.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Forgets them all, and keeps the room.
    pub(crate) fn clear(&mut self) {
        if self.ends.is_empty() {
            return;
        }
        self.bytes.clear();
        self.ends.clear();
        self.index.reset(0);
    }
}

/// Eight bytes at a time: most texts are short, and a call of the library's comparison is dear.
#[inline(always)]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let (words, _) = one.as_chunks::<8>();
    let (others, _) = other.as_chunks::<8>();
    one.len() == other.len()
        && last_word(one) == last_word(other)
        && words.iter().zip(others).all(|(a, b)| a == b)
}

#[inline(always)]
fn at<'t>(bytes: &'t [u8], ends: &[usize], number: u32) -> &'t [u8] {
    let number = number as usize;
    let start = number.checked_sub(1).and_then(|before| ends.get(before));
    let end = ends.get(number).copied().unwrap_or_default();
    bytes
        .get(start.copied().unwrap_or_default()..end)
        .unwrap_or_default()
}

fn entry(hash: u64, number: u32) -> u64 {
    (hash & !0xffff_ffff) | (u64::from(number) + 1)
}

/// The hash of a text by a seed.
#[inline(never)]
pub(crate) fn hash(text: &[u8], seed: u32) -> u64 {
    quick_hash(text, seed)
}

/// Eight bytes at a time; the upper half is the well-mixed one.
#[inline(always)]
fn quick_hash(text: &[u8], seed: u32) -> u64 {
    let (words, _) = text.as_chunks::<8>();
    let mut hash = u64::from(seed)
        .wrapping_add(text.len() as u64)
        .wrapping_mul(MULTIPLIER);
    for word in words {
        hash = mixed(hash, u64::from_le_bytes(*word));
    }
    let hash = mixed(hash, last_word(text));
    (hash ^ (hash >> 29)).wrapping_mul(MULTIPLIER)
}

/// The last eight bytes, some of which the words before may have had; of a shorter text, all of it.
#[inline(always)]
fn last_word(text: &[u8]) -> u64 {
    if let Some(last) = text.last_chunk() {
        return u64::from_le_bytes(*last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
    }
    let bytes = text.iter().rev();
    bytes.fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[inline(always)]
fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(23) ^ word).wrapping_mul(MULTIPLIER)
}
