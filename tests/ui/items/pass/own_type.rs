//! A type of the caller's for a column.

use monday_sdk::columns::{BoardItem, ColumnField, DefaultColumn, NumbersChange, NumbersValue, UnfitField};

#[derive(Debug, Clone, Copy, PartialEq)]
struct Cents(i64);

impl ColumnField<NumbersValue> for Cents {
    fn read(value: NumbersValue) -> Result<Self, UnfitField> {
        let number = value.number.ok_or(UnfitField::Empty)?;
        Ok(Self((number * 100.0).round() as i64))
    }

    fn write(&self) -> Option<NumbersChange> {
        Some(NumbersChange::number(self.0 as f64 / 100.0))
    }
}

impl DefaultColumn for Cents {
    type Kind = NumbersValue;
}

#[derive(Debug, Clone, BoardItem)]
struct Invoice {
    #[monday(column = "amount")]
    amount: Cents,
}

fn main() {
    assert_eq!(Invoice::COLUMNS[0].column_type, "numbers");
    let _ = Invoice { amount: Cents(1) }.amount;
}
