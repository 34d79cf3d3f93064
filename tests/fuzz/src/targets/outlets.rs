//! Scored records and their sums → reports.

use mizan::internals::outlets::{tally::MAX_ARTICLES, tally_file};
use mizan::internals::output::report::{self, ReportTable};
use mizan::internals::output::table::Style;
use mizan::internals::output::{html, words::Language};
use mizan::parts::json_lines;
use mizan::{OutletReport, RecordReader, ScoreRecord, Tally};

/// Most records of an input.
const MAX_RECORDS: usize = 1 << 12;

/// Every form of the report; the figures in it are numbers.
fn report_of(tally: &Tally) {
    let Some(summary) = OutletReport::from_tally(tally) else { return };
    report::warning(&summary);
    report::table(&summary, Style { width: 80, colour: false });
    report::sentences(&summary, Style { width: 80, colour: true });
    let json = report::json(&summary).to_string();
    assert!(!json.contains("NaN"));
    for table in [ReportTable::Outlets, ReportTable::Months, ReportTable::Articles] {
        let mut out = Vec::new();
        report::write_csv(&mut out, b',', &summary, table).expect("memory");
        let out = String::from_utf8_lossy(&out).into_owned();
        assert!(!out.contains(",NaN") && !out.contains(",inf"), "{out}");
    }
    html::report::page(&summary, None, &summary.camps, Language::Arabic.words());
}

/// Scored lines: written as they were read, and added up in any order.
pub fn scored(data: &[u8]) {
    let Ok(reader) = RecordReader::new("s.jsonl", data) else { return };
    let mut records: Vec<ScoreRecord> = Vec::new();
    for read in reader.take(MAX_RECORDS) {
        match read {
            Ok(record) => records.push(record),
            Err(error) => drop(error.to_string()),
        }
    }
    let tally = |records: &[ScoreRecord]| {
        let mut tally = Tally::default();
        for record in records {
            let _ = tally.add(record);
        }
        tally
    };
    for record in &records {
        let mut line = Vec::new();
        json_lines::write(&mut line, record).expect("memory");
        let again = json_lines::read(&line).expect("a line that was written");
        let mut twice = Vec::new();
        json_lines::write(&mut twice, &again).expect("memory");
        assert!(line == twice, "{}", String::from_utf8_lossy(&line));
    }
    let whole = tally(&records);
    // Records of other camps are left out by whoever comes first.
    let mut kept = records;
    kept.retain(|record| match &record.scores {
        Ok(scores) => whole.camps.as_ref().is_some_and(|camps| {
            scores.camps.iter().zip(camps).all(|(camp, id)| *camp.camp == **id)
        }),
        Err(_) => true,
    });
    let (first, second) = kept.split_at(kept.len() / 2);
    let mut merged = tally(second);
    merged.merge(tally(first)).expect("the same camps");
    assert_eq!(merged, whole);
    let mut written = Vec::new();
    tally_file::write(&mut written, &whole).expect("memory");
    let back: Vec<_> = tally_file::read(&written[..]).collect();
    assert!(matches!(&back[..], [Ok((_, tally))] if *tally == whole), "{back:?}");
    report_of(&whole);
}

/// Sums: what is read is written as it was read, and added to itself.
pub fn sums(data: &[u8]) {
    let (mut whole, mut n_articles) = (Tally::default(), 0);
    for read in tally_file::read(data) {
        let Ok((n, tally)) = read else { continue };
        n_articles += 2 * n;
        if n_articles > MAX_ARTICLES {
            break;
        }
        let mut written = Vec::new();
        tally_file::write(&mut written, &tally).expect("memory");
        let back: Vec<_> = tally_file::read(&written[..]).collect();
        assert!(matches!(&back[..], [Ok((_, back))] if *back == tally), "{back:?}");
        let _ = whole.merge(tally.clone());
        let _ = whole.merge(tally);
    }
    report_of(&whole);
}
