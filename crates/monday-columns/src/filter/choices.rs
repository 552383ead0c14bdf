//! Filters on what is chosen: labels, tags, countries, ratings, boxes.
//!
//! Must not know: which labels a column has.

use monday_core::TagId;
use monday_queries::enums::ItemsQueryRuleOperator as Operator;
use serde_json::json;

use super::Rule;
use super::rule::{choice, column, contains, country, emptiness, number, text};

column! {
    /// Labels of a status, by their index or by their text.
    ///
    /// `any_of` takes indexes only: a label's text there is no error for monday, and finds nothing. Several
    /// texts are a [`RuleGroup::any`](super::RuleGroup::any) of `contains_terms`. Source: the page `status`,
    /// and the guidelines.
    ///
    /// ```compile_fail,E0308
    /// use monday_columns::filter::StatusColumn;
    /// let rule = StatusColumn::new("status").any_of(["Done"]);
    /// ```
    StatusColumn, "status"
}
column! {
    /// Labels of a dropdown, by their ids or by a part of their text. Source: the page `dropdown`.
    DropdownColumn, "dropdown"
}
column! {
    /// A box. Source: the page `checkbox`: a box that is not checked is empty.
    CheckboxColumn, "checkbox"
}
column! {
    /// Tags. Source: the page `tags`.
    TagsColumn, "tags"
}
column! {
    /// Countries, by their code or by a part of their name. Source: the page `country`.
    CountryColumn, "country"
}
column! {
    /// Phone numbers, by their country's code or by a part of the number. Source: the page `phone`.
    PhoneColumn, "phone"
}
column! {
    /// Ratings; 0 is none. Source: the page `rating`, which has no other operators.
    RatingColumn, "rating"
}
column! {
    /// Time that is tracked: whether it runs. Source: the page `time-tracking-1`.
    TimeTrackingColumn, "time_tracking"
}

emptiness!(StatusColumn DropdownColumn TagsColumn CountryColumn PhoneColumn);
contains!(DropdownColumn CountryColumn PhoneColumn);
choice!(StatusColumn, /** Indexes of labels. */ indexes: u32, |index| Ok(json!(index)));
choice!(DropdownColumn, /** Ids of labels. */ ids: u32, |id| Ok(json!(id)));
choice!(TagsColumn, /** Ids of tags. */ tags: impl Into<TagId>, |tag| number(tag.into().as_str()));
choice!(CountryColumn, /** Codes such as `US`. */ codes: impl AsRef<str>, |code| country(code.as_ref()));
choice!(PhoneColumn, /** Codes such as `US`. */ codes: impl AsRef<str>, |code| country(code.as_ref()));
choice!(RatingColumn, /** So many stars. */ stars: u8, |stars| Ok(json!(stars)));

impl StatusColumn {
    /// The label has all of these words, in any order: `contains_terms`.
    pub fn contains_terms(&self, label: impl Into<String>) -> Rule {
        self.rule(Operator::ContainsTerms, text(label))
    }
}

impl CheckboxColumn {
    /// The box is checked: `is_not_empty`.
    pub fn is_checked(&self) -> Rule {
        self.rule(Operator::IsNotEmpty, Ok(json!([])))
    }

    /// The box is not checked: `is_empty`.
    pub fn is_unchecked(&self) -> Rule {
        self.rule(Operator::IsEmpty, Ok(json!([])))
    }
}

impl TimeTrackingColumn {
    /// Time is being tracked: `any_of` 2.
    pub fn is_running(&self) -> Rule {
        self.rule(Operator::AnyOf, Ok(json!([2])))
    }

    /// It has been stopped, or never started: `any_of` 1.
    pub fn is_paused(&self) -> Rule {
        self.rule(Operator::AnyOf, Ok(json!([1])))
    }
}
