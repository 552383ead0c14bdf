//! Why Redis gives no answer, or one that says no.
//!
//! Must not know: what was asked.

use redis::{RedisError, RedisResult, Value};
use tokio::time::error::Elapsed;

/// Why there is no answer.
#[derive(Debug)]
pub enum Silence {
    /// The connection was lost, or there was none.
    Lost(RedisError),
    /// Redis says no, or what it says makes no sense.
    Refused(RedisError),
    /// Nothing came in time.
    TooLate,
}

/// Codes that older servers hide in the text of a failed script.
const HIDDEN: [&str; 7] = ["WRONGTYPE", "READONLY", "OOM", "MISCONF", "NOREPLICAS", "NOPERM", "MASTERDOWN"];

/// Codes of a server that was the master once. Its name may have moved on: a new connection finds out.
const DEMOTED: [&str; 2] = ["READONLY", "MASTERDOWN"];

/// How servers say in a script that the user has no right to a command or key.
const NO_RIGHT: &str = "The user executing the script can't";

impl Silence {
    /// The answer, if there is one and it is no error.
    pub(crate) fn or(answer: Result<RedisResult<Value>, Elapsed>) -> Result<Value, Self> {
        let answer = answer.map_err(|_| Self::TooLate)?.and_then(Value::extract_error);
        answer.map_err(Self::of)
    }

    pub(crate) fn of(error: RedisError) -> Self {
        if error.is_io_error() || error.is_unrecoverable_error() {
            Self::Lost(error)
        } else {
            Self::Refused(error)
        }
    }

    /// Whether another connection may do better.
    pub(crate) fn ends_connection(&self) -> bool {
        match self {
            Self::Lost(_) | Self::TooLate => true,
            Self::Refused(_) => self.code().is_some_and(|code| DEMOTED.contains(&code)),
        }
    }

    /// The error's code, such as `NOPERM`; never its message, which may hold a command's arguments. Codes are words of
    /// Redis's own; what a stranger's server says instead is `unknown`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        let (Self::Lost(error) | Self::Refused(error)) = self else { return None };
        let code = hidden(error.code()?, error.detail());
        let is_code = code.len() <= 20 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        Some(if is_code { code } else { "unknown" })
    }
}

/// The code that a failed script's `ERR` stands for.
fn hidden<'a>(code: &'a str, detail: Option<&'a str>) -> &'a str {
    if detail.is_some_and(|detail| code == "ERR" && detail.starts_with(NO_RIGHT)) {
        return "NOPERM";
    }
    let words = detail.filter(|_| code == "ERR").unwrap_or_default().split([' ', ':', '-']);
    words.into_iter().find(|word| HIDDEN.contains(word)).unwrap_or(code)
}
