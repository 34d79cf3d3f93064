//! Where a run that was cut short goes on.

use super::*;

fn existing(text: &str) -> Result<ExistingRecords, EngineError> {
    let is_failed = |line: &[u8]| line.starts_with(b"!");
    ExistingRecords::read(&mut Cursor::new(text), b"h\n", is_failed)
}

#[test]
fn whole_lines_are_counted_and_a_torn_one_is_not() {
    let found = existing("h\na\n!b\nc").unwrap();
    assert_eq!(
        (found.n_bytes, found.n_records, found.n_failed, &found.torn[..]),
        (7, 2, 1, &b"c"[..])
    );
    assert_eq!(found.sample.last, [(0, b"a\n".to_vec()), (1, b"!b\n".to_vec())]);
    for torn in ["", "h"] {
        assert_eq!(existing(torn).unwrap(), ExistingRecords::default());
    }
    let header = ExistingRecords { n_bytes: 2, ..ExistingRecords::default() };
    assert_eq!(existing("h\n").unwrap(), header);
    assert!(matches!(existing("g\na\n"), Err(EngineError::OtherHeader)));
}

#[test]
fn a_sample_has_the_last_records_and_some_of_all_others_in_their_order() {
    let mut sample = Sample::default();
    (0..10_000).for_each(|number| sample.add(number, number.to_string().into_bytes()));
    assert!(
        (N_SPREAD..=2 * N_SPREAD).contains(&sample.spread.len())
            && sample.has(0)
            && sample.has(9_999)
            && !sample.has(1)
    );
    let drawn: Vec<(usize, Vec<u8>)> = std::iter::from_fn(|| sample.next()).collect();
    assert!(
        drawn.is_sorted()
            && drawn.iter().all(|(number, record)| number.to_string().as_bytes() == record)
    );
    assert_eq!(drawn[drawn.len() - N_LAST].0, 10_000 - N_LAST);
}

/// What a file that holds `begun` holds when a run that gives `records` completes it.
fn completed(begun: &str, records: &[&str]) -> (String, Result<(), EngineError>) {
    let mut file = Cursor::new(begun.as_bytes().to_vec());
    let found = ExistingRecords::read(&mut file, b"h\n", |_| false).unwrap();
    let mut writer = ResumableWriter::resume(file, found, b"h\n".to_vec());
    let result = records
        .iter()
        .try_for_each(|record| {
            if writer.skips_next() { Ok(()) } else { writer.write(record.as_bytes()).map(drop) }
        })
        .and_then(|()| writer.finish());
    let file = writer.out.into_inner().unwrap();
    (String::from_utf8(file.into_inner()).unwrap(), result)
}

#[test]
fn a_file_is_completed_only_by_the_run_that_began_it() {
    let records = ["a\n", "b\n", "cc\n"];
    for begun in ["", "h", "h\n", "h\na\n", "h\na\nb\nc", "h\na\nb\ncc\n"] {
        let (text, result) = completed(begun, &records);
        assert!(result.is_ok() && text == "h\na\nb\ncc\n", "{begun:?}: {text:?}");
    }
    for (begun, number) in [("h\na\nx\n", 2), ("h\na\nx", 2), ("h\na\nb\ncc\nd", 4)] {
        let (text, result) = completed(begun, &records);
        assert_eq!(text, begun);
        assert!(
            matches!(result, Err(EngineError::OtherRecord { record }) if record == number),
            "{begun:?}: {result:?}"
        );
    }
    let (text, result) = completed("h\na\nb\n", &records[..1]);
    assert_eq!(text, "h\na\nb\n");
    assert!(matches!(result, Err(EngineError::MoreRecords { n_records: 2 })));
}
