//! The binary: hands over to the command line.

use std::process::ExitCode;

use simpul::workbook::sandbox;

fn main() -> ExitCode {
    // The child that parses a file from outside must not even look at flags or configuration.
    if std::env::args_os().nth(1).is_some_and(|verb| verb == sandbox::VERB) {
        return sandbox::child_main(&mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    }
    simpul::cli::main()
}
