//! The program `mizan`: parse, run one command, end with an exit code.

mod cli;
mod commands;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match commands::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(error) if commands::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mizan: {error:#}");
            ExitCode::from(cli::CANNOT_GO_ON)
        }
    }
}
