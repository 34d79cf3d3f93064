//! Word lists as JSON. People read and write them as TOML, with reasons and comments; the program
//! reads them at each start, and JSON takes a tenth of the time.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The lists, whose JSON has the name of the file.
const LISTS: [&str; 3] =
    ["src/text/lexicon.toml", "src/text/parties.toml", "src/text/speech/speech.toml"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var("OUT_DIR")?;
    for list in LISTS {
        println!("cargo::rerun-if-changed={list}");
        let table: toml::Table = toml::from_str(&fs::read_to_string(list)?)
            .map_err(|error| format!("{list}: {error}"))?;
        let name = Path::new(list).with_extension("json");
        let name = name.file_name().ok_or(list)?;
        fs::write(Path::new(&folder).join(name), serde_json::to_string(&table)?)?;
    }
    Ok(())
}
