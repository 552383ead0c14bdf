//! Changes of places: locations, countries, phones.
//!
//! Must not know: which countries there are.

use serde_json::{Value, json};

use super::{change, filled};
use crate::InvalidValue;

/// Two capital letters.
fn code(code: &str) -> Result<&str, InvalidValue> {
    let is_fit = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_fit { Ok(code) } else { Err(InvalidValue::CountryCode) }
}

change! {
    /// A place on earth, with the address that is shown.
    ///
    /// ```
    /// use monday_columns::{Change, LocationChange};
    /// let giza = LocationChange::new(29.97, 31.13, "Giza").value()?;
    /// assert_eq!(giza, serde_json::json!({"lat": "29.97", "lng": "31.13", "address": "Giza"}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    LocationChange, "location", Value::Null
}

impl LocationChange {
    /// By latitude (-90 to 90) and longitude (-180 to 180).
    pub fn new(lat: f64, lng: f64, address: impl Into<String>) -> Self {
        // A number that is none lies in no range.
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lng) {
            return Self(Err(InvalidValue::Place));
        }
        let (lat, lng, address) = (lat.to_string(), lng.to_string(), address.into());
        Self(Ok(json!({ "lat": lat, "lng": lng, "address": address })))
    }
}

change! {
    /// A country.
    ///
    /// ```
    /// use monday_columns::{Change, CountryChange};
    /// let change = CountryChange::new("US", "United States").value()?;
    /// assert_eq!(change, serde_json::json!({"countryCode": "US", "countryName": "United States"}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    CountryChange, "country", Value::Null
}

impl CountryChange {
    /// By its code of two letters (ISO 3166) and its name.
    pub fn new(country_code: &str, name: impl Into<String>) -> Self {
        let name = filled(name.into());
        Self(code(country_code).and_then(|code| Ok(json!({ "countryCode": code, "countryName": name? }))))
    }
}

change! {
    /// A phone number, with the country whose flag is shown.
    ///
    /// ```
    /// use monday_columns::{Change, PhoneChange};
    /// let change = PhoneChange::new("+12025550169", "US").value()?;
    /// assert_eq!(change, serde_json::json!({"phone": "+12025550169", "countryShortName": "US"}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    PhoneChange, "phone", Value::Null
}

impl PhoneChange {
    /// The number, and the country's code of two letters.
    pub fn new(phone: impl Into<String>, country_code: &str) -> Self {
        let phone = filled(phone.into());
        Self(code(country_code).and_then(|code| Ok(json!({ "phone": phone?, "countryShortName": code }))))
    }
}
