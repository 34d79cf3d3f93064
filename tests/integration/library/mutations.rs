//! Damaged inputs of every form: whatever the bytes, they are read or refused, without a panic,
//! and what the fuzz targets (`tests/fuzz/`) promise holds. Those run here too, for a bounded
//! number of inputs; more of them are tried by `MIZAN_MUTATIONS=100000 cargo test --test
//! integration mutations`, and many more by the fuzzer (`python3 .ci/fuzz`).

use std::{env, fs, panic};

use crate::common::repository;
use targets::{TARGETS, Target};

#[path = "../../fuzz/src/targets/mod.rs"]
mod targets;

/// Damaged inputs for each target; more by the environment.
const DEFAULT_RUNS: usize = 100;

/// Longest input that is made: the fuzzer's, too.
const MAX_INPUT: usize = 1 << 14;

fn runs() -> usize {
    env::var("MIZAN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(DEFAULT_RUNS)
}

/// A piece of the dictionary as it is written there.
fn piece(line: &str) -> Vec<u8> {
    let mut piece = Vec::new();
    let mut rest = line.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            piece.push(byte);
        } else if let [b'x', high, low, after @ ..] = rest {
            let digits = [*high, *low].map(char::from);
            let digits = u8::from_str_radix(&String::from_iter(digits), 16);
            piece.push(digits.expect("two digits"));
            rest = after;
        } else if let Some((&escaped, after)) = rest.split_first() {
            piece.push(escaped);
            rest = after;
        }
    }
    piece
}

/// Pieces that mean something to some reader.
fn dictionary() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(repository("tests/fuzz/dictionary.txt")).expect("a dictionary");
    let lines = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    lines.map(piece).collect()
}

/// Changes some bytes, puts in or repeats a piece, or cuts the end off.
fn damage(random: &mut fastrand::Rng, pieces: &[Vec<u8>], bytes: &mut Vec<u8>) {
    for _ in 0..random.usize(1..6) {
        let at = random.usize(..=bytes.len());
        match random.u8(..5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
            1 => bytes.truncate(at),
            2 => {
                let piece = pieces[random.usize(..pieces.len())].repeat(random.usize(1..200));
                bytes.splice(at..at, piece);
            }
            3 => {
                let end = random.usize(at..=bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let end = random.usize(at..=bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    bytes.truncate(MAX_INPUT);
}

/// The inputs that are kept for a target: written ones, and those that once broke it.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = repository("tests/fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a seed")).collect()
}

/// Tries the seeds of a target and damaged forms of them; a panic shows the input.
fn tried(name: &str, target: Target, pieces: &[Vec<u8>]) {
    let seeds = seeds(name);
    let mut random = fastrand::Rng::with_seed(22);
    let damaged = (0..runs()).map(|run| {
        let mut bytes = seeds[run % seeds.len()].clone();
        damage(&mut random, pieces, &mut bytes);
        bytes
    });
    for bytes in seeds.iter().cloned().chain([Vec::new()]).chain(damaged) {
        let tried = panic::catch_unwind(|| target(&bytes));
        assert!(tried.is_ok(), "{name}: b\"{}\"", bytes.escape_ascii());
    }
}

#[test]
fn damaged_inputs_of_every_form_are_read_or_refused() {
    let pieces = dictionary();
    for (name, target) in TARGETS {
        tried(name, target, &pieces);
    }
}
