//! What a place in a document uses of a schema.
//!
//! Must not know: what changed.

use apollo_compiler::parser::SourceSpan;

/// A place that uses something of the schema.
pub(super) struct Touch {
    /// The operation or fragment it stands in.
    pub(super) definition: usize,
    pub(super) span: Option<SourceSpan>,
    pub(super) what: What,
}

pub(super) enum What {
    /// A field is selected.
    Field {
        owner: String,
        name: String,
        /// The arguments it is given.
        given: Vec<String>,
        /// The named type of its answer.
        answers: Option<String>,
    },
    /// An argument is given to a field.
    Argument { owner: String, field: String, name: String },
    /// A directive is used.
    Directive { name: String, given: Vec<String> },
    /// An argument is given to a directive.
    DirectiveArgument { directive: String, name: String },
    /// An input object is written out.
    InputObject { owner: String, given: Vec<String> },
    /// A field of an input object that is written out.
    InputField { owner: String, name: String },
    /// An enum value is written out.
    EnumValue { owner: String, name: String },
    /// A selection holds for a type only.
    Condition { ty: String, within: Option<String> },
    /// A variable is declared.
    Variable { name: String, ty: String },
}
