//! Arguments that say how files are read.

use clap::ValueEnum;

use crate::intake::date::DateOrder;
use crate::intake::{self, Fields, IntakeOptions};

/// Options that say how files are read.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Input")]
pub struct IntakeArgs {
    /// Format of files whose extension does not tell it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,

    /// Encoding, for example windows-1256 [default: detected]
    #[arg(long, value_name = "LABEL", value_parser = intake::encoding::from_label)]
    pub encoding: Option<&'static intake::encoding::Encoding>,

    /// Refuse articles with undecodable bytes, instead of replacing these
    #[arg(long)]
    pub strict: bool,

    /// Field or column of the text; a path such as user.text leads into objects
    #[arg(long, value_name = "NAME")]
    pub text_field: Option<String>,

    /// Field or column of the headline
    #[arg(long, value_name = "NAME")]
    pub title_field: Option<String>,

    /// Field or column of the article's id
    #[arg(long, value_name = "NAME")]
    pub id_field: Option<String>,

    /// Field or column of the outlet
    #[arg(long, value_name = "NAME")]
    pub outlet_field: Option<String>,

    /// Take the folder that a file stands in for the outlet of articles that name none
    #[arg(long)]
    pub outlet_from_folder: bool,

    /// Field or column of the date
    #[arg(long, value_name = "NAME")]
    pub date_field: Option<String>,

    /// Whether 6/4/2019 begins with the day or the month [default: as other dates of the file tell]
    #[arg(long, value_enum, value_name = "FIRST")]
    pub date_order: Option<FirstOfDate>,

    /// Field or column of the event that an article reports
    #[arg(long, value_name = "NAME")]
    pub event_field: Option<String>,

    /// Sheet of a workbook [default: the first with a column of texts]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,

    /// Tables have no header: columns are called 1, 2, 3 …
    #[arg(long)]
    pub no_header: bool,
}

impl IntakeArgs {
    /// The same, as the library takes it.
    pub fn options(&self) -> IntakeOptions {
        IntakeOptions {
            format: self.input_format.map(InputFormat::format),
            encoding: self.encoding,
            strict: self.strict,
            fields: Fields {
                text: self.text_field.clone(),
                title: self.title_field.clone(),
                id: self.id_field.clone(),
                outlet: self.outlet_field.clone(),
                date: self.date_field.clone(),
                event: self.event_field.clone(),
                headerless: self.no_header,
                ..Fields::default()
            },
            date_order: self.date_order.map(FirstOfDate::order),
            outlet_from_folder: self.outlet_from_folder,
            sheet: self.sheet.clone(),
        }
    }
}

/// What dates with the year last begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FirstOfDate {
    /// 6/4/2019 is the sixth of April
    Day,
    /// 6/4/2019 is the fourth of June
    Month,
}

impl FirstOfDate {
    fn order(self) -> DateOrder {
        match self {
            Self::Day => DateOrder::DayFirst,
            Self::Month => DateOrder::MonthFirst,
        }
    }
}

/// Formats of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// One article as plain text
    Text,
    /// One article in a saved web page
    Html,
    /// JSON objects: one a line, a list, or one after the other
    Jsonl,
    /// A table whose columns are separated by commas, semicolons, tabs or pipes
    Csv,
    /// A table whose columns are separated by tabs
    Tsv,
    /// A columnar table (needs a build with --features parquet)
    Parquet,
    /// A workbook: .xlsx, .xls or .ods
    Workbook,
}

impl InputFormat {
    fn format(self) -> intake::Format {
        match self {
            Self::Text => intake::Format::Text,
            Self::Html => intake::Format::Html,
            Self::Jsonl => intake::Format::Jsonl,
            Self::Csv => intake::Format::Csv,
            Self::Tsv => intake::Format::Tsv,
            Self::Parquet => intake::Format::Parquet,
            Self::Workbook => intake::Format::Workbook,
        }
    }
}
