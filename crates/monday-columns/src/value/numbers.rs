//! Values that are numbers, and what is calculated.
//!
//! Must not know: formulas.

use monday_core::{Id, ItemId};
use monday_queries::enums::NumberValueUnitDirection;

use crate::parsed::{Moment, Parsed};
use crate::typed::value;

value! {
    /// A number.
    NumbersValue from TypedColumnValueFieldsOnNumbersValue {
        /// The number. `Cell::text` has all its digits.
        number: Option<f64>,
        /// Its unit.
        symbol: Option<String>,
        /// On which side of the number the unit stands.
        direction: Option<NumberValueUnitDirection>,
    }
}

value! {
    /// A rating.
    RatingValue from TypedColumnValueFieldsOnRatingValue {
        /// How many, of the scale in the column's settings.
        rating: Option<i64>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// The result of a formula. `Cell::text` is empty and `Cell::raw` null.
    ///
    /// monday's gaps: it calculates at most 10,000 such values a minute and five formula columns in a request, and the
    /// result is empty where the formula uses mirrors or connected boards. An empty result says nothing.
    FormulaValue from TypedColumnValueFieldsOnFormulaValue {
        /// The result, as people read it.
        display_value: String,
    }
}

value! {
    /// Something in another product.
    IntegrationValue from TypedColumnValueFieldsOnIntegrationValue {
        /// Its id at monday.
        entity_id: Option<Id>,
        /// Its address, which monday's schema calls an id.
        issue_api_url: Option<Id>,
        /// Its id there.
        issue_id: Option<String>,
    }
}

value! {
    /// The item's id.
    ItemIdValue from TypedColumnValueFieldsOnItemIdValue {
        /// The id.
        item_id: ItemId,
    }
}
