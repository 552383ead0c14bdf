//! Whether what fitted one type still fits another.
//!
//! Must not know: whose types they are.

use apollo_compiler::ast::Type;

/// Whether every answer of the new type is one of the old: an answer may be promised more firmly, never less.
pub(super) fn is_answer_safe(old: &Type, new: &Type) -> bool {
    if old.is_non_null() && !new.is_non_null() {
        return false;
    }
    is_same_shape(old, new, is_answer_safe)
}

/// Whether every input of the old type is one of the new: less may be demanded, never more.
pub(super) fn is_input_safe(old: &Type, new: &Type) -> bool {
    if new.is_non_null() && !old.is_non_null() {
        return false;
    }
    is_same_shape(old, new, is_input_safe)
}

fn is_same_shape(old: &Type, new: &Type, are_items_safe: fn(&Type, &Type) -> bool) -> bool {
    match (old, new) {
        (Type::Named(old) | Type::NonNullNamed(old), Type::Named(new) | Type::NonNullNamed(new)) => {
            old == new
        }
        (Type::List(old) | Type::NonNullList(old), Type::List(new) | Type::NonNullList(new)) => {
            are_items_safe(old, new)
        }
        _ => false,
    }
}
