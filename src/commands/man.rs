//! `mizan man`: manual pages.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Command;
use clap_mangen::Man;

use super::{file, terminal};

/// Options of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mizan man > mizan.1                       the page of the program
  mizan man score | man -l -                the page of one command
  mizan man --all ~/.local/share/man/man1   every page, as files

See also: mizan completions")]
pub struct ManArgs {
    /// Command whose page is printed [default: the program]
    #[arg(value_name = "COMMAND", conflicts_with = "all")]
    pub command: Option<String>,

    /// Folder to write the pages of all commands to
    #[arg(long, value_name = "DIR")]
    pub all: Option<PathBuf>,
}

/// Prints one page, or writes all.
pub fn run(options: &ManArgs, mut command: Command) -> anyhow::Result<ExitCode> {
    command.build();
    if let Some(folder) = &options.all {
        write_all(folder, &command)?;
        return Ok(ExitCode::SUCCESS);
    }
    let page = match &options.command {
        None => page(&command)?,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => page(found)?,
            None => bail!("{name}: no such command; `mizan --help` lists them"),
        },
    };
    io::stdout().lock().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let name = command.get_bin_name().unwrap_or("mizan").replace(' ', "-");
    let mut page = Vec::new();
    Man::new(command.clone()).title(name).render(&mut page)?;
    Ok(page)
}

fn write_all(folder: &Path, command: &Command) -> anyhow::Result<()> {
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    let mut n_pages = 0;
    for command in std::iter::once(command).chain(shown) {
        let name = command.get_bin_name().unwrap_or("mizan").replace(' ', "-");
        let path = folder.join(format!("{name}.1"));
        file::write(&path, &page(command)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
        n_pages += 1;
    }
    terminal::tell_written(&format!("wrote {n_pages} pages to {}", folder.display()));
    Ok(())
}
