//! A column's typed value: one variant for each type of the schema.
//!
//! Must not know: the column it is in.

mod choices;
mod files;
mod items;
mod moments;
mod numbers;
mod people;
mod places;
mod texts;

use monday_core::Json;
use monday_queries::enums::ColumnType;
use monday_queries::fragments::TypedColumnValueFieldsOn as On;

use crate::typed::Typed;

pub use choices::{
    BatteryPart, BatteryValue, ButtonValue, CheckboxValue, Color, ColorPickerValue, DropdownOption,
    DropdownValue, Group, GroupValue, StatusStyle, StatusValue, Tag, TagsValue,
};
pub use files::{
    AssetFile, DirectDocValue, DocFile, DocValue, FileEntry, FileValue, InvalidAssetFile, LinkFile,
};
pub use items::{
    BoardRelationValue, DependencyKind, DependencyLink, DependencyValue, MirrorValue, Mirrored, MirroredCell,
    MirroredItem, NamedItem, SubtasksValue,
};
pub use moments::{
    DateValue, HourValue, TimeTrackingSession, TimeTrackingValue, TimelineValue, WeekValue, WorldClockValue,
};
pub use numbers::{FormulaValue, IntegrationValue, ItemIdValue, NumbersValue, RatingValue};
pub use people::{
    Assignee, CreationLogValue, LastUpdatedValue, NamedUser, PeopleValue, PersonValue, TeamValue, VoteValue,
};
pub use places::{Country, CountryValue, LocationValue, PhoneValue};
pub use texts::{EmailValue, LinkValue, LongTextValue, ProgressValue, TextValue, UnsupportedValue};

/// Makes the enum, and the way from the answer to it: types with fields of their own, types whose text is the value.
macro_rules! column_value {
    (
        { $($(#[$doc:meta])* $variant:ident($value:ident),)* }
        { $($(#[$text_doc:meta])* $text_variant:ident($text_value:ident) $text_name:literal,)* }
        { $($(#[$both_doc:meta])* $both_variant:ident($both_value:ident),)* }
    ) => {
        /// A column's typed value. Types that are newer than the SDK are kept raw in `Unknown`.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum ColumnValue {
            $($(#[$doc])* $variant($value),)*
            $($(#[$text_doc])* $text_variant($text_value),)*
            $($(#[$both_doc])* $both_variant($both_value),)*
            /// A type that this SDK does not know.
            Unknown {
                /// Its name in monday's schema.
                type_name: String,
                /// The value as monday keeps it.
                raw: Option<Json>,
            },
        }

        impl ColumnValue {
            /// The names of the types that have a variant, as monday's schema has them.
            pub const TYPE_NAMES: &[&str] = &[
                $(stringify!($value),)*
                $(stringify!($text_value),)*
                $(stringify!($both_value),)*
            ];

            /// The type's name in monday's schema.
            #[must_use]
            pub fn type_name(&self) -> &str {
                match self {
                    $(Self::$variant(_) => stringify!($value),)*
                    $(Self::$text_variant(_) => stringify!($text_value),)*
                    $(Self::$both_variant(_) => stringify!($both_value),)*
                    Self::Unknown { type_name, .. } => type_name,
                }
            }

            pub(crate) fn new(on: On, column_type: &ColumnType, text: Option<&String>, raw: Option<&Json>) -> Self {
                let text = text.cloned();
                match on {
                    $(On::$value(fields) => Self::$variant(fields.typed()),)*
                    $(On::$both_value(fields) => Self::$both_variant($both_value::new(fields, text)),)*
                    On::Other(name) => match name.as_str() {
                        $($text_name => Self::$text_variant($text_value { text }),)*
                        _ => Self::Unknown { type_name: name, raw: raw.cloned() },
                    },
                    // A type in the fragment without a variant here, which a test does not let be.
                    _ => Self::Unknown { type_name: column_type.to_string(), raw: raw.cloned() },
                }
            }
        }
    };
}

column_value! {
    {
        /// How the items below are spread over the labels of a status.
        Battery(BatteryValue),
        /// Connected boards.
        BoardRelation(BoardRelationValue),
        /// A button.
        Button(ButtonValue),
        /// A checkbox.
        Checkbox(CheckboxValue),
        /// A colour.
        ColorPicker(ColorPickerValue),
        /// A country.
        Country(CountryValue),
        /// When the item was made, and by whom.
        CreationLog(CreationLogValue),
        /// A date, perhaps with a time.
        Date(DateValue),
        /// The items that this one depends on.
        Dependency(DependencyValue),
        /// A document that is the column's value.
        DirectDoc(DirectDocValue),
        /// A document.
        Doc(DocValue),
        /// Labels of a dropdown.
        Dropdown(DropdownValue),
        /// An email address.
        Email(EmailValue),
        /// Files.
        File(FileValue),
        /// The result of a formula.
        Formula(FormulaValue),
        /// The group that the item is in.
        Group(GroupValue),
        /// An hour and a minute.
        Hour(HourValue),
        /// Something in another product.
        Integration(IntegrationValue),
        /// The item's id.
        ItemId(ItemIdValue),
        /// When the item was changed, and by whom.
        LastUpdated(LastUpdatedValue),
        /// A link.
        Link(LinkValue),
        /// A place on earth.
        Location(LocationValue),
        /// Columns of connected items.
        Mirror(MirrorValue),
        /// A number.
        Numbers(NumbersValue),
        /// People, teams and agents.
        People(PeopleValue),
        /// One person, in a type that monday has replaced by `People`.
        Person(PersonValue),
        /// A phone number.
        Phone(PhoneValue),
        /// A rating.
        Rating(RatingValue),
        /// A status.
        Status(StatusValue),
        /// Subitems.
        Subtasks(SubtasksValue),
        /// Tags.
        Tags(TagsValue),
        /// One team, in a type that monday has replaced by `People`.
        Team(TeamValue),
        /// Time that was tracked.
        TimeTracking(TimeTrackingValue),
        /// A span of days.
        Timeline(TimelineValue),
        /// Votes.
        Vote(VoteValue),
        /// A week.
        Week(WeekValue),
        /// A time zone.
        WorldClock(WorldClockValue),
    }
    {
        /// The progress of other columns, which has no field but its text.
        Progress(ProgressValue) "ProgressValue",
        /// A line of text.
        Text(TextValue) "TextValue",
        /// A type that monday does not give out: `Cell::raw` has what there is.
        Unsupported(UnsupportedValue) "UnsupportedValue",
    }
    {
        /// Text of several lines.
        LongText(LongTextValue),
    }
}
