//! Fields that are numbers.
//!
//! Must not know: units.

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, default, optional};
use crate::{NumbersChange, NumbersValue, RatingChange, RatingValue};

default! {
    f64: NumbersValue;
    i64: NumbersValue;
    u8: RatingValue;
}

optional!(f64: NumbersValue, |value| Ok(value.number), |number| Some(NumbersChange::number(*number)));
optional!(i64: NumbersValue, |value| value.number.map(whole).transpose(), |number| {
    Some(NumbersChange::integer(*number))
});
optional!(u8: RatingValue, |value| {
    // No star is what monday says of an empty rating.
    let stars = value.rating.filter(|stars| *stars != 0);
    stars.map(|stars| u8::try_from(stars).map_err(|_| UnfitField::NotWhole)).transpose()
}, |stars| Some(RatingChange::stars(*stars)));

/// A whole number: beyond 2⁵³ not every one can be told from its neighbours.
fn whole(number: f64) -> Result<i64, UnfitField> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    if number.fract() != 0.0 || number.abs() > LIMIT {
        return Err(UnfitField::NotWhole);
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2⁵³")]
    Ok(number as i64)
}
