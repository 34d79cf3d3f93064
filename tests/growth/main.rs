//! Twice the input is about twice the work: for each kind of input a family that grows, measured by
//! what is allocated. Loops that allocate nothing are counted in instructions by `python3
//! .ci/growth`, which runs the same families.

mod families;

use std::env;

use allocation_counter::measure;
use families::{FAMILIES, Family};

/// How often an input is doubled.
const DOUBLINGS: u32 = 3;

/// How much more the next doubling may add than the last one. It adds twice as much where work is
/// linear; a vector that doubles may do so just then.
const MAX_GROWTH: f64 = 2.9;

/// What is too little to be compared.
const MIN_ADDED: u64 = 1_000;

/// Most bytes allocated at once: so many for each byte of the input, above what any input takes.
const MAX_BYTES_PER_BYTE: u64 = 64;
const FLOOR: u64 = 2 << 20;

/// What was allocated for an input.
#[derive(Debug)]
struct Work {
    len: u64,
    bytes: u64,
    calls: u64,
    peak: u64,
}

impl Work {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn calls(&self) -> u64 {
        self.calls
    }
}

fn work(family: &Family, size: usize) -> Work {
    let input = (family.make)(size);
    // What is made once in a program is made.
    (family.read)(&input);
    let allocated = measure(|| (family.read)(&input));
    Work {
        len: input.len() as u64,
        bytes: allocated.bytes_total,
        calls: allocated.count_total,
        peak: allocated.bytes_max,
    }
}

#[test]
fn work_grows_as_the_input_does() {
    let mut faults = Vec::new();
    for family in FAMILIES {
        let sizes = (0..=DOUBLINGS).map(|doubling| family.size << doubling);
        let all: Vec<Work> = sizes.map(|size| work(family, size)).collect();
        for (what, of) in [("bytes", Work::bytes as fn(&Work) -> u64), ("calls", Work::calls)] {
            // What is added: what any input takes is not counted.
            let added: Vec<u64> =
                all.windows(2).map(|pair| of(&pair[1]).saturating_sub(of(&pair[0]))).collect();
            let growth = |pair: &[u64]| pair[1] as f64 / pair[0].max(MIN_ADDED) as f64;
            if added.windows(2).any(|pair| growth(pair) > MAX_GROWTH) {
                faults.push(format!("{}: {what} added: {added:?}", family.name));
            }
        }
        if let Some(most) =
            all.iter().find(|work| work.peak > FLOOR + MAX_BYTES_PER_BYTE * work.len)
        {
            faults.push(format!("{}: allocates much at once: {most:?}", family.name));
        }
    }
    assert!(
        faults.is_empty(),
        "twice the input is more than twice the work:\n{}",
        faults.join("\n")
    );
}

/// For `.ci/growth`: reads one input once.
#[test]
#[ignore = "run by .ci/growth, which names the family and the size"]
fn one_input() {
    let (Ok(name), Ok(size)) = (env::var("MIZAN_FAMILY"), env::var("MIZAN_SIZE")) else {
        for family in FAMILIES {
            println!("family {} {}", family.name, family.size);
        }
        return;
    };
    let family = FAMILIES.iter().find(|family| family.name == name).expect("a family");
    (family.read)(&(family.make)(size.parse().expect("a number")));
}
