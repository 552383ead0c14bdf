//! Changes of numbers and ratings.
//!
//! Must not know: a column's unit or scale.

use serde_json::{Value, json};

use super::change;
use crate::InvalidValue;

change! {
    /// A number. monday wants it as text, and reads it as a 64-bit float.
    ///
    /// ```
    /// use monday_columns::{Change, InvalidValue, NumbersChange};
    /// assert_eq!(NumbersChange::number(42.5).value()?, serde_json::json!("42.5"));
    /// assert_eq!(NumbersChange::decimal("0.10").value()?, serde_json::json!("0.10"));
    /// assert_eq!(NumbersChange::number(f64::NAN).value(), Err(InvalidValue::Number));
    /// # Ok::<(), InvalidValue>(())
    /// ```
    NumbersChange, "numbers", Value::Null
}

impl NumbersChange {
    /// A finite number, in digits and without an exponent.
    pub fn number(number: f64) -> Self {
        Self(if number.is_finite() { Ok(number.to_string().into()) } else { Err(InvalidValue::Number) })
    }

    /// A whole number, with all its digits.
    pub fn integer(number: i64) -> Self {
        Self(Ok(number.to_string().into()))
    }

    /// A number as text, digit by digit: a sign, digits, a point, digits.
    pub fn decimal(text: &str) -> Self {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = are_digits(whole) && are_digits(fraction);
        // Too many digits are infinite once they are read.
        let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
        Self(if is_number && is_finite { Ok(text.into()) } else { Err(InvalidValue::Number) })
    }
}

change! {
    /// A rating, from 1 to the scale in the column's settings.
    ///
    /// ```
    /// use monday_columns::{Change, InvalidValue, RatingChange};
    /// assert_eq!(RatingChange::stars(4).value()?, serde_json::json!({"rating": 4}));
    /// assert_eq!(RatingChange::stars(0).value(), Err(InvalidValue::Rating));
    /// assert_eq!(RatingChange::of(6, 5).value(), Err(InvalidValue::Rating));
    /// # Ok::<(), InvalidValue>(())
    /// ```
    RatingChange, "rating", Value::Null
}

impl RatingChange {
    /// So many, on a scale that only monday knows.
    pub fn stars(rating: u8) -> Self {
        Self::of(rating, u8::MAX)
    }

    /// So many of the column's scale.
    pub fn of(rating: u8, scale: u8) -> Self {
        let is_fit = (1..=scale).contains(&rating);
        Self(if is_fit { Ok(json!({ "rating": rating })) } else { Err(InvalidValue::Rating) })
    }
}
