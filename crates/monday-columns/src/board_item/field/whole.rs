//! Fields that are a value as a whole. They can be read and not written, since of what is in them monday takes a part.
//!
//! Must not know: what is in them.

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField};
use crate::value;

macro_rules! whole {
    ($($kind:ident)*) => { $(
        impl ColumnField<value::$kind> for value::$kind {
            fn read(value: value::$kind) -> Result<Self, UnfitField> {
                Ok(value)
            }

            fn write(&self) -> Option<<value::$kind as ColumnKind>::Change> {
                None
            }
        }

        impl DefaultColumn for value::$kind {
            type Kind = Self;
        }
    )* };
}

whole! {
    BatteryValue BoardRelationValue ButtonValue CheckboxValue ColorPickerValue CountryValue CreationLogValue DateValue
    DependencyValue DirectDocValue DocValue DropdownValue EmailValue FileValue FormulaValue GroupValue HourValue
    IntegrationValue ItemIdValue LastUpdatedValue LinkValue LocationValue LongTextValue MirrorValue NumbersValue
    PeopleValue PersonValue PhoneValue ProgressValue RatingValue StatusValue SubtasksValue TagsValue TeamValue TextValue
    TimeTrackingValue TimelineValue UnsupportedValue VoteValue WeekValue WorldClockValue
}
