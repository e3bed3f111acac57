//! The gateway binary.

mod cli;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

/// Time limit at exit for blocking work that can't be cancelled, such as resolving a host name.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(500);

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
    runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("trunkline-server: {message}");
            ExitCode::FAILURE
        }
    }
}
