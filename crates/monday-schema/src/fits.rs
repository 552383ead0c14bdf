//! Which Rust type may stand where in a document, by GraphQL's rules.
//!
//! cynic has rules of its own, which allow too much (a single variable for a list, which servers refuse) and, for types
//! of other crates, too little. `Given` switches them off, and the derives assert these instead. Must not know: which
//! scalars there are.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use cynic::coercions::CoercesTo;
use cynic::variables::VariableType;
use monday_core::Nullable;
use serde::{Serialize, Serializer};

use crate::schema::variable::Variable;

/// A type whose values an argument of the GraphQL type `S` takes: the same type, or one that is never null for one
/// that may be.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` does not fit an argument of type `{S}`",
    label = "this variable or value is a `{Self}`",
    note = "the argument takes its own type: `ID` is `Id`, `Int` is `i64`, `Float` is `f64`, `Boolean` is `bool`, enums \
            and inputs are in `monday_sdk::queries`",
    note = "a nullable argument also takes `Option`; a list takes `Vec`, never a single value"
)]
pub trait Fits<S> {}

// A list of what implements it would not help where another type stands, hence none is recommended.
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<Option<S>> for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<Option<S>> for Nullable<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<Vec<S>> for Vec<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<Option<Vec<S>>> for Vec<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<Vec<S>> for [T] {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<Option<Vec<S>>> for [T] {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S> + ?Sized, S> Fits<S> for &T {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<S> for Box<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<S> for Rc<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S>, S> Fits<S> for Arc<T> {}
#[diagnostic::do_not_recommend]
impl<T: Fits<S> + ToOwned + ?Sized, S> Fits<S> for Cow<'_, T> {}

/// Each named type fits itself, nullable or not.
macro_rules! fits {
    ($($type:ty => $marker:ty;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl $crate::Fits<$marker> for $type {}
            #[diagnostic::do_not_recommend]
            impl $crate::Fits<Option<$marker>> for $type {}
        )+
    };
}
pub(crate) use fits;

/// A value given to an argument: cynic takes it anywhere, since the derives have asserted that it fits.
#[derive(Debug, Clone, Copy)]
pub struct Given<T>(pub T);

impl<T, S> CoercesTo<S> for Given<T> {}

impl<T: Variable> Variable for Nullable<T> {
    const TYPE: VariableType = VariableType::Nullable(&T::TYPE);
}

impl<T: Variable> Variable for Given<T> {
    const TYPE: VariableType = T::TYPE;
}

impl<T: Serialize> Serialize for Given<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
