//! `mizan completions`: commands and options for the Tab key of a shell.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Command;
use clap_complete::{Generator, Shell};

/// Options of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan completions bash > ~/.local/share/bash-completion/completions/mizan
  mizan completions zsh > ~/.zfunc/_mizan        with ~/.zfunc in fpath
  mizan completions fish > ~/.config/fish/completions/mizan.fish

See also: mizan man")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the completions.
pub fn run(options: &CompletionsArgs, mut command: Command) -> anyhow::Result<ExitCode> {
    command.set_bin_name("mizan");
    command.build();
    let mut script = Vec::new();
    options.shell.generate(&command, &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
