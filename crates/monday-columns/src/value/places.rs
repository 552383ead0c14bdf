//! Values that are places: locations, countries, phones.
//!
//! Must not know: maps.

use crate::parsed::{Moment, Parsed};
use crate::typed::value;

value! {
    /// A place on earth.
    LocationValue from TypedColumnValueFieldsOnLocationValue {
        /// The address, as it was written.
        address: Option<String>,
        /// The city.
        city: Option<String>,
        /// The city in short.
        city_short: Option<String>,
        /// The country.
        country_name: Option<String>,
        /// The country in short.
        country_short: Option<String>,
        /// The latitude.
        lat: Option<f64>,
        /// The longitude.
        lng: Option<f64>,
        /// The place's id at the maker of the map.
        place_id: Option<String>,
        /// The street.
        street: Option<String>,
        /// The number in the street.
        street_number: Option<String>,
        /// The number in short.
        street_number_short: Option<String>,
        /// The street in short.
        street_short: Option<String>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// A country.
    CountryValue from TypedColumnValueFieldsOnCountryValue {
        /// The country.
        country: Option<Country>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// A country, by code and name.
    Country from TypedColumnValueFieldsOnCountryValueCountry {
        /// Two letters.
        code: String,
        /// The name.
        name: String,
    }
}

impl Country {
    /// By its code of two letters (ISO 3166) and its name.
    #[must_use]
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self { code: code.into(), name: name.into() }
    }
}

value! {
    /// A phone number.
    PhoneValue from TypedColumnValueFieldsOnPhoneValue {
        /// The code of the country whose flag is shown.
        country_short_name: Option<String>,
        /// The number.
        phone: Option<String>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}
