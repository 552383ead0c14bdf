//! How a command ends: what it says, and with which code.
//!
//! Must not know: any command.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::ColorChoice;

/// What a command has to say, and whether something breaks by what it found.
#[derive(Debug)]
pub struct Outcome {
    /// May hold ANSI styles.
    pub text: String,
    /// Ends the program with code 1.
    pub is_breaking: bool,
    /// Whether the styles stay: by default on a terminal only, and never with `NO_COLOR`.
    pub colour: ColorChoice,
}

impl Outcome {
    /// Done, with a line about it.
    #[must_use]
    pub fn done(text: String) -> Self {
        Self { text, is_breaking: false, colour: ColorChoice::Auto }
    }

    /// Prints it; the code is 0, or 1 where something breaks.
    #[must_use]
    pub fn print(self) -> ExitCode {
        let choice = match self.colour {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        let text = self.text.trim_end_matches('\n');
        match writeln!(AutoStream::new(io::stdout().lock(), choice), "{text}") {
            // Whoever reads has read enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                eprintln!("error: the report could not be written: {error}");
                ExitCode::from(2)
            }
            _ => ExitCode::from(u8::from(self.is_breaking)),
        }
    }
}
