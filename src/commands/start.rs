//! What the program says of itself: the commands by task, the first three, its version.

use std::io::{self, Write};

use anyhow::Context;
use clap::Command;
use serde_json::json;

use super::model_file::{self, ModelArgs};
use crate::record::json as harmless;

/// The commands by what a person wants to do, in the order of the first days with the program.
const TASKS: [(&str, &[&str]); 5] = [
    ("Weigh articles", &["score", "explain", "report", "aggregate"]),
    ("Label and train", &["label", "labels", "words", "adapt", "train"]),
    ("Check", &["inspect", "evaluate", "probe", "drift", "ablate", "bench"]),
    ("Begin", &["demo", "model"]),
    ("Set up", &["completions", "man", "schema"]),
];

/// What `mizan` alone prints.
const FIRST: &str = "\
mizan weighs the stance of Arabic news articles toward the two rival Libyan camps.

  mizan demo                          a folder of invented articles to try it on
  mizan score saved/                  a stance toward each camp for every article of a folder
  mizan explain article.html -o why.html    the sentences and words that decided, as a page

`mizan --help` lists all commands, `mizan score --help` has examples of one.
";

/// Prints the first three commands.
pub fn print_first() -> io::Result<()> {
    io::stdout().lock().write_all(FIRST.as_bytes())
}

/// The command with a help that lists its commands by task.
pub fn by_task(command: Command) -> Command {
    let line = |name: &&str| {
        let about = command.find_subcommand(name).and_then(Command::get_about);
        format!("  {name:<12} {}", about.cloned().unwrap_or_default())
    };
    let of_task = |(task, names): &(&str, &[&str])| {
        let lines: Vec<String> = names.iter().map(line).collect();
        format!("{task}:\n{}\n\n", lines.join("\n"))
    };
    let listing = TASKS.iter().map(of_task).collect::<Vec<_>>().concat();
    command.help_template(format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n\n{listing}Options:\n{{options}}\n\n\
         {{after-help}}"
    ))
}

/// Prints the version; as JSON with the model that the commands use and the features of the build.
pub fn print_version(as_json: bool) -> anyhow::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = io::stdout().lock();
    if !as_json {
        return writeln!(out, "mizan {version}").context("standard output");
    }
    let choice = ModelArgs::default().choice();
    let version = json!({
        "mizan": version,
        "model": model_file::load_choice(&choice)?.signature(),
        "model_from": model_file::reason(&choice),
        "parquet": cfg!(feature = "parquet"),
    });
    harmless::line(&mut out, &version).context("standard output")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::commands::Cli;

    #[test]
    fn every_command_has_its_place() {
        let command = Cli::command();
        let mut placed: Vec<&str> = TASKS.iter().flat_map(|(_, names)| *names).copied().collect();
        let mut all: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        placed.sort_unstable();
        all.sort_unstable();
        assert_eq!(placed, all);
    }

    #[test]
    fn every_command_shows_examples_and_what_goes_with_it() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let name = command.get_name();
            let n_examples =
                help.lines().filter(|line| line.contains(&format!("mizan {name}"))).count();
            assert!(n_examples >= 2, "`mizan {name} --help` has {n_examples} examples");
            assert!(help.contains("See also: mizan "), "`mizan {name} --help` names no other");
        }
    }
}
