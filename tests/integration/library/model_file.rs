//! Damaged and forged model files are rejected, or read as they are: no panic, and no more memory
//! than a few times the size of the file.

use std::process::Command;

use mizan::internals::model::Model;
use peak_alloc::PeakAlloc;

/// Of the whole test binary. Only [`in_a_process_of_its_own`] reads it.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const SHIPPED: &[u8] = include_bytes!("../../../models/libya.safetensors");

/// How many damaged files are tried, and how many forged ones.
const DAMAGED: usize = 10_000;
const FORGED: usize = 500;

/// Whether `bytes` are read as a model, and the peak memory of that in bytes.
fn peak(bytes: &[u8]) -> (bool, usize) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let read = Model::from_bytes(bytes).is_ok();
    (read, MEMORY.peak_usage().saturating_sub(before))
}

/// A bit flipped, the end cut off, or a length forged: eight bytes anywhere, or those of the
/// header's length.
fn damage(random: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    // Half of the damage hits the header and its card, which are a small part of the file.
    let reach = if random.bool() { bytes.len().min(64 << 10) } else { bytes.len() };
    match random.u8(..4) {
        0 => bytes[random.usize(..reach)] ^= 1 << random.u8(..8),
        1 => bytes.truncate(random.usize(..reach)),
        2 => {
            let at = random.usize(..reach - 8);
            bytes[at..at + 8].copy_from_slice(&random.u64(..).to_le_bytes());
        }
        _ => bytes[..8].copy_from_slice(&(random.u64(..) >> random.u8(..64)).to_le_bytes()),
    }
}

/// Memory is counted for the whole process, so the test runs alone in a second one.
#[test]
fn damaged_and_forged_files_are_rejected_within_bounded_memory() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "library::model_file::in_a_process_of_its_own"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[test]
#[ignore = "run in a process of its own by the test above"]
fn in_a_process_of_its_own() {
    let shipped = Model::from_bytes(SHIPPED).unwrap();
    assert!(peak(SHIPPED).1 < 4 * SHIPPED.len(), "{} bytes for {}", peak(SHIPPED).1, SHIPPED.len());

    let mut random = fastrand::Rng::with_seed(7);
    for number in 0..DAMAGED {
        let mut bytes = SHIPPED.to_vec();
        damage(&mut random, &mut bytes);
        let (read, used) = peak(&bytes);
        assert!(used < 4 * SHIPPED.len(), "damage {number}: {used} bytes");
        if read {
            assert_eq!(
                Model::from_bytes(&bytes).unwrap(),
                shipped,
                "damage {number} went unnoticed"
            );
        }
    }

    // With the checksum made right again, what lies behind it has to hold.
    let text = String::from_utf8_lossy(SHIPPED);
    let stated = text.split("checksum\\\":\\\"").nth(1).unwrap()[..64].to_owned();
    let card = SHIPPED.windows(64).position(|window| window == stated.as_bytes()).unwrap();
    let mut refused = 0;
    for number in 0..FORGED {
        let mut bytes = SHIPPED.to_vec();
        for _ in 0..=random.usize(..3) {
            let at = random.usize(card + 64..bytes.len());
            bytes[at] = random.u8(..);
        }
        let Some(checksum) = Model::checksum_of(&bytes) else { continue };
        bytes[card..card + 64].copy_from_slice(checksum.as_bytes());
        let (read, used) = peak(&bytes);
        assert!(used < 4 * SHIPPED.len(), "forgery {number}: {used} bytes");
        refused += usize::from(!read);
    }
    assert!(refused < FORGED, "the checksum was not made right: this tests nothing");
}
