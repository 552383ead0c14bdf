//! The kinds of columns: each value type of the schema, with the type of its columns and what changes them.
//!
//! Must not know: which Rust types hold them.

use serde_json::Value;

use crate::change::sealed::Sealed;
use crate::value::{self, ColumnValue};
use crate::{
    BoardRelationChange, Change, CheckboxChange, ColorPickerChange, CountryChange, DateChange,
    DependencyChange, DropdownChange, EmailChange, FileChange, HourChange, InvalidValue, LinkChange,
    LocationChange, LongTextChange, NumbersChange, PeopleChange, PhoneChange, RatingChange, StatusChange,
    TagsChange, TeamChange, TextChange, TimelineChange, WeekChange, WorldClockChange,
};

/// A kind of column, named by its value's type.
pub trait ColumnKind: Sized {
    /// The value's type in monday's schema.
    const TYPE_NAME: &'static str;

    /// The type of its columns, as monday names it; else the value's type.
    const COLUMN_TYPE: &'static str;

    /// What changes such a column; [`ReadOnly`] where nothing does.
    type Change: Change;

    #[doc(hidden)]
    fn of(value: ColumnValue) -> Option<Self>;
}

/// The change of columns that cannot be written: it is always refused.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReadOnly {}

impl Sealed for ReadOnly {}

impl Change for ReadOnly {
    const NAME: &'static str = "ReadOnly";
    const COLUMN_TYPE: &'static str = "";

    fn clear() -> Self {
        Self {}
    }

    fn value(&self) -> Result<Value, InvalidValue> {
        Err(InvalidValue::ReadOnly)
    }

    fn into_value(self) -> Result<Value, InvalidValue> {
        self.value()
    }
}

macro_rules! kinds {
    ($($variant:ident($value:ident) $column_type:literal $change:ident;)*) => { $(
        impl ColumnKind for value::$value {
            const TYPE_NAME: &'static str = stringify!($value);
            const COLUMN_TYPE: &'static str =
                if $column_type.is_empty() { stringify!($value) } else { $column_type };
            type Change = $change;

            fn of(value: ColumnValue) -> Option<Self> {
                match value {
                    ColumnValue::$variant(value) => Some(value),
                    _ => None,
                }
            }
        }
    )* };
}

kinds! {
    Battery(BatteryValue) "" ReadOnly;
    BoardRelation(BoardRelationValue) "board_relation" BoardRelationChange;
    Button(ButtonValue) "button" ReadOnly;
    Checkbox(CheckboxValue) "checkbox" CheckboxChange;
    ColorPicker(ColorPickerValue) "color_picker" ColorPickerChange;
    Country(CountryValue) "country" CountryChange;
    CreationLog(CreationLogValue) "creation_log" ReadOnly;
    Date(DateValue) "date" DateChange;
    Dependency(DependencyValue) "dependency" DependencyChange;
    DirectDoc(DirectDocValue) "direct_doc" ReadOnly;
    Doc(DocValue) "doc" ReadOnly;
    Dropdown(DropdownValue) "dropdown" DropdownChange;
    Email(EmailValue) "email" EmailChange;
    File(FileValue) "file" FileChange;
    Formula(FormulaValue) "formula" ReadOnly;
    Group(GroupValue) "group" ReadOnly;
    Hour(HourValue) "hour" HourChange;
    Integration(IntegrationValue) "integration" ReadOnly;
    ItemId(ItemIdValue) "item_id" ReadOnly;
    LastUpdated(LastUpdatedValue) "last_updated" ReadOnly;
    Link(LinkValue) "link" LinkChange;
    Location(LocationValue) "location" LocationChange;
    LongText(LongTextValue) "long_text" LongTextChange;
    Mirror(MirrorValue) "mirror" ReadOnly;
    Numbers(NumbersValue) "numbers" NumbersChange;
    People(PeopleValue) "people" PeopleChange;
    Person(PersonValue) "person" ReadOnly;
    Phone(PhoneValue) "phone" PhoneChange;
    Progress(ProgressValue) "progress" ReadOnly;
    Rating(RatingValue) "rating" RatingChange;
    Status(StatusValue) "status" StatusChange;
    Subtasks(SubtasksValue) "subtasks" ReadOnly;
    Tags(TagsValue) "tags" TagsChange;
    Team(TeamValue) "team" TeamChange;
    Text(TextValue) "text" TextChange;
    TimeTracking(TimeTrackingValue) "time_tracking" ReadOnly;
    Timeline(TimelineValue) "timeline" TimelineChange;
    Unsupported(UnsupportedValue) "" ReadOnly;
    Vote(VoteValue) "vote" ReadOnly;
    Week(WeekValue) "week" WeekChange;
    WorldClock(WorldClockValue) "world_clock" WorldClockChange;
}
