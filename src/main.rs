//! The program `mizan`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mizan::commands::main()
}
