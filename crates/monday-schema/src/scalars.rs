//! The SDK's scalars, as cynic's. `ID` is cynic's own type: the orphan rule leaves no other.

use monday_core::{CompareValue, Date, Iso8601DateTime, Json};

use crate::schema;

cynic::impl_scalar!(CompareValue, schema::CompareValue);
cynic::impl_scalar!(Date, schema::Date);
cynic::impl_scalar!(Iso8601DateTime, schema::ISO8601DateTime);
cynic::impl_scalar!(Json, schema::JSON);
