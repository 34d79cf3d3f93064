//! The forms of exchange, and which one a file has.

use std::fmt;

use super::json::{self, Record};
use super::reading::Reading;
use super::workbook::{WorkbookError, workbook};
use super::{Exchanged, Remark, doccano, label_names, label_studio, prodigy, table};
use crate::camp::Camps;
use crate::engine::Source;
use crate::intake::{IntakeError, IntakeOptions};

/// A form of exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON lines of doccano.
    Doccano,
    /// JSON tasks of Label Studio.
    LabelStudio,
    /// JSON lines of Prodigy.
    Prodigy,
    /// CSV.
    Csv,
    /// A workbook.
    Xlsx,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Doccano => "doccano",
            Self::LabelStudio => "Label Studio",
            Self::Prodigy => "Prodigy",
            Self::Csv => "CSV",
            Self::Xlsx => "a workbook",
        })
    }
}

/// Why a set cannot be written in a form.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WritingError {
    /// It is no CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// It is no workbook.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

/// A file that a program needs beside the articles: what its name ends with, what it holds, and
/// what it is for.
pub type Companion = (&'static str, String, &'static str);

impl Form {
    /// Articles and labels in this form.
    ///
    /// # Errors
    /// When a text does not fit.
    pub fn write(self, camps: &Camps, articles: &[Exchanged]) -> Result<Vec<u8>, WritingError> {
        Ok(match self {
            Self::Doccano => doccano::write(camps, articles).into_bytes(),
            Self::LabelStudio => label_studio::write(camps, articles).into_bytes(),
            Self::Prodigy => prodigy::write(camps, articles).into_bytes(),
            Self::Csv => table::csv(camps, articles)?,
            Self::Xlsx => workbook(&table::rows(camps, articles))?,
        })
    }

    /// What the program must be told before it takes the file.
    pub fn companions(self, camps: &Camps) -> Vec<Companion> {
        let labels = |names: &[String]| doccano::label_config(names);
        match self {
            Self::LabelStudio => vec![(
                "config.xml",
                label_studio::interface(camps),
                "paste it under Settings, Labeling Interface, Code, before you import",
            )],
            Self::Doccano => vec![
                (
                    "labels.json",
                    labels(&label_names::all(camps)),
                    "import it under Labels, Category, of a project «Intent Detection and Slot \
                     Filling»",
                ),
                (
                    "spans.json",
                    labels(&label_names::all_spans(camps)),
                    "import it under Labels, Span; allow overlapping spans",
                ),
            ],
            Self::Prodigy | Self::Csv | Self::Xlsx => Vec::new(),
        }
    }
}

/// What was read of a file.
#[derive(Debug, Default)]
pub struct ReadFile {
    /// The articles, with their labels.
    pub found: Vec<Exchanged>,
    /// What was not read.
    pub remarks: Vec<Remark>,
}

/// Reads a file of JSON in the form that it has, or in `form`. `None` if it is a table.
pub fn read_json(name: &str, text: &str, camps: &Camps, form: Option<Form>) -> Option<ReadFile> {
    let mut read = ReadFile::default();
    let records = json::records(name, text, &mut read.remarks);
    let form = form.or_else(|| form_of(&records, camps))?;
    let reader = match form {
        Form::Doccano => doccano::read,
        Form::LabelStudio => label_studio::read,
        Form::Prodigy => prodigy::read,
        Form::Csv | Form::Xlsx => return None,
    };
    let reading = Reading::new(camps);
    for record in &records {
        if form == Form::LabelStudio && !label_studio::is_task(record) {
            read.remarks.push(Remark::new(&record.place, "it is no task with \"data\": left out"));
        }
        read.found.extend(reader(record, &reading, &mut read.remarks));
    }
    Some(read)
}

/// The form of records; `None` if they are rows of a table, with a field for each camp.
fn form_of(records: &[Record], camps: &Camps) -> Option<Form> {
    let any = |is: &dyn Fn(&Record) -> bool| records.iter().any(is);
    let is_row = |record: &Record| {
        let is = |key: &String| camps.ids().iter().any(|id| key.eq_ignore_ascii_case(id));
        record.fields.keys().any(is)
    };
    if any(&label_studio::is_task) {
        Some(Form::LabelStudio)
    } else if any(&prodigy::is_task) {
        Some(Form::Prodigy)
    } else if any(&is_row) {
        None
    } else {
        Some(Form::Doccano)
    }
}

/// Reads a table.
///
/// # Errors
/// When it cannot be read at all.
pub fn read_table(
    source: &Source,
    camps: &Camps,
    intake: IntakeOptions,
) -> Result<ReadFile, IntakeError> {
    let mut remarks = Vec::new();
    let found = table::read(source, intake, &Reading::new(camps), &mut remarks)?;
    Ok(ReadFile { found, remarks })
}
