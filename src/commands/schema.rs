//! `mizan schema`: the JSON Schema of scored records.

use std::io;
use std::process::ExitCode;

use super::model_file::ModelArgs;
use crate::record::{json, schema};
use crate::scoring::Scorer;

/// Options of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan schema > mizan.schema.json       the records of `mizan score`
  mizan schema --model m.safetensors     with the camps of another model

See also: mizan score")]
pub struct SchemaArgs {
    /// Which model: its camps are names of fields
    #[command(flatten)]
    pub model: ModelArgs,
}

/// Prints the schema.
pub fn run(options: &SchemaArgs) -> anyhow::Result<ExitCode> {
    let scorer = Scorer::new(options.model.load()?)?;
    let mut out = io::stdout().lock();
    json::pretty(&mut out, &schema::schema(scorer.camps()))?;
    io::Write::write_all(&mut out, b"\n")?;
    Ok(ExitCode::SUCCESS)
}
