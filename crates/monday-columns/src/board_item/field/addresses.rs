//! Fields that are addresses of all sorts: email, link, phone, place, country.
//!
//! Must not know: what addresses may look like.

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, default, optional};
use crate::{
    Country, CountryChange, CountryValue, EmailChange, EmailValue, LinkChange, LinkValue, LocationChange,
    LocationValue, PhoneChange, PhoneValue,
};

/// An email address, for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// The address.
    pub address: String,
    /// What is shown for it.
    pub label: String,
}

/// A link, for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The URL.
    pub url: String,
    /// What is shown for it.
    pub label: String,
}

/// A phone number, for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// The number.
    pub number: String,
    /// The country whose flag is shown: two letters (ISO 3166). Empty where monday tells none: it documents no way to
    /// write a number without one, so a number that is changed needs one.
    pub country_code: String,
}

/// A place on earth, for a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// The latitude: -90 to 90.
    pub lat: f64,
    /// The longitude: -180 to 180.
    pub lng: f64,
    /// The address that is shown.
    pub address: String,
}

default! {
    Email: EmailValue;
    Link: LinkValue;
    Phone: PhoneValue;
    Location: LocationValue;
    Country: CountryValue;
}

/// Empty text is none.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

optional!(Email: EmailValue, |value| {
    Ok(filled(value.email).map(|address| Email { label: value.label.unwrap_or_default(), address }))
}, |email| Some(EmailChange::labelled(&email.address, &email.label)));
optional!(Link: LinkValue, |value| {
    Ok(filled(value.url).map(|url| Link { label: value.url_text.unwrap_or_default(), url }))
}, |link| Some(LinkChange::labelled(&link.url, &link.label)));
optional!(Phone: PhoneValue, |value| {
    let country_code = value.country_short_name.unwrap_or_default();
    Ok(filled(value.phone).map(|number| Phone { number, country_code }))
}, |phone| Some(PhoneChange::new(&phone.number, &phone.country_code)));
optional!(Location: LocationValue, |value| {
    match (value.lat, value.lng) {
        (Some(lat), Some(lng)) => {
            Ok(Some(Location { lat, lng, address: value.address.unwrap_or_default() }))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err(UnfitField::NoPart("longitude")),
        (None, Some(_)) => Err(UnfitField::NoPart("latitude")),
    }
}, |place| Some(LocationChange::new(place.lat, place.lng, &place.address)));
optional!(Country: CountryValue, |value| Ok(value.country), |country| {
    Some(CountryChange::new(&country.code, &country.name))
});
