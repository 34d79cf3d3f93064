//! `mizan schema`: the JSON Schemas of what the commands write.

use std::io;
use std::process::ExitCode;

use anyhow::Context;
use clap::builder::PossibleValuesParser;

use super::model_file::ModelArgs;
use crate::output::schemas;
use crate::record::json;
use crate::scoring::Scorer;

/// Options of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan schema > mizan.schema.json       the records of `mizan score`
  mizan schema report                    the object of `mizan report --json`
  mizan schema --model m.safetensors     with the camps of another model

Each is of draft 2020-12 and complete: an output has no field that its schema lacks. Fields may be
added in a later version; none is renamed.

See also: mizan score")]
pub struct SchemaArgs {
    /// Of which command's JSON
    #[arg(
        value_name = "OUTPUT",
        default_value = "score",
        value_parser = PossibleValuesParser::new(schemas::names())
    )]
    pub output: String,

    /// Which model: its camps are names of fields
    #[command(flatten)]
    pub model: ModelArgs,
}

/// Prints the schema.
pub fn run(options: &SchemaArgs) -> anyhow::Result<ExitCode> {
    let scorer = Scorer::new(options.model.load()?)?;
    let schema = schemas::schema(&options.output, scorer.camps().ids())
        .with_context(|| format!("there is no schema of {}", options.output))?;
    let mut out = io::stdout().lock();
    json::pretty(&mut out, &schema)?;
    io::Write::write_all(&mut out, b"\n")?;
    Ok(ExitCode::SUCCESS)
}
