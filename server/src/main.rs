//! The gateway binary.

mod cli;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

/// How long work that can't be called off (a name being resolved) may hold up the end.
const LAST: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let options = cli::Options::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("trunkline-server: The threads can't be started: {error}.");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(options.run());
    runtime.shutdown_timeout(LAST);
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("trunkline-server: {words}");
            ExitCode::FAILURE
        }
    }
}
