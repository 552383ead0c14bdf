//! Which kinds of change there are, how each is graded, and why.
//!
//! The names and grades are graphql-core's, but for those of `@oneOf` and of deprecations. Must not know: any schema.

/// What a change does to requests that are sent today. The worst comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Requests are refused, or answers no longer fit.
    Breaking,
    /// Requests are still taken, but they may be answered differently.
    Dangerous,
    /// Nothing that is sent today is touched.
    Safe,
}

impl Grade {
    /// All, the worst first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Dangerous, Self::Safe];

    /// `breaking`, `dangerous` or `safe`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Dangerous => "dangerous",
            Self::Safe => "safe",
        }
    }
}

macro_rules! kinds {
    ($($variant:ident $name:literal $grade:ident $short:literal $reason:literal,)+) => {
        /// A kind of change, named as graphql-core names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $(#[doc = concat!($short, ": ", $reason, ".")] $variant,)+
        }

        impl ChangeKind {
            /// All kinds, grade by grade.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name, such as `FIELD_REMOVED`. No two kinds share one.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The grade.
            #[must_use]
            pub fn grade(self) -> Grade {
                match self { $(Self::$variant => Grade::$grade),+ }
            }

            /// What happened, in a few words.
            #[must_use]
            pub fn short(self) -> &'static str {
                match self { $(Self::$variant => $short),+ }
            }

            /// Why it has this grade.
            #[must_use]
            pub fn reason(self) -> &'static str {
                match self { $(Self::$variant => $reason),+ }
            }
        }
    };
}

kinds! {
    TypeRemoved "TYPE_REMOVED" Breaking
        "type removed" "a request that names it is refused",
    TypeChangedKind "TYPE_CHANGED_KIND" Breaking
        "type changed its kind" "what is asked of it, or sent as it, no longer fits",
    TypeRemovedFromUnion "TYPE_REMOVED_FROM_UNION" Breaking
        "type left the union" "a request that selects on it in this union is refused",
    ValueRemovedFromEnum "VALUE_REMOVED_FROM_ENUM" Breaking
        "enum value removed" "a request that sends it is refused",
    RequiredInputFieldAdded "REQUIRED_INPUT_FIELD_ADDED" Breaking
        "required input field added" "an input without it is refused",
    ImplementedInterfaceRemoved "IMPLEMENTED_INTERFACE_REMOVED" Breaking
        "interface no longer implemented" "a request that selects on the type in this interface is refused",
    FieldRemoved "FIELD_REMOVED" Breaking
        "field removed" "a request that names it is refused",
    FieldChangedKind "FIELD_CHANGED_KIND" Breaking
        "field changed type" "the answer, or the input, no longer fits",
    RequiredArgAdded "REQUIRED_ARG_ADDED" Breaking
        "required argument added" "a request without it is refused",
    ArgRemoved "ARG_REMOVED" Breaking
        "argument removed" "a request that gives it is refused",
    ArgChangedKind "ARG_CHANGED_KIND" Breaking
        "argument changed type" "a value that was taken is refused",
    DirectiveRemoved "DIRECTIVE_REMOVED" Breaking
        "directive removed" "a request that names it is refused",
    DirectiveArgRemoved "DIRECTIVE_ARG_REMOVED" Breaking
        "argument of a directive removed" "a request that gives it is refused",
    RequiredDirectiveArgAdded "REQUIRED_DIRECTIVE_ARG_ADDED" Breaking
        "required argument of a directive added" "a request without it is refused",
    DirectiveRepeatableRemoved "DIRECTIVE_REPEATABLE_REMOVED" Breaking
        "directive no longer repeatable" "a request that repeats it is refused",
    DirectiveLocationRemoved "DIRECTIVE_LOCATION_REMOVED" Breaking
        "directive lost a location" "a request that puts it there is refused",
    OneOfAdded "ONE_OF_ADDED" Breaking
        "exactly one field is taken now" "an input with none, several or null is refused",
    ValueAddedToEnum "VALUE_ADDED_TO_ENUM" Dangerous
        "enum value added" "an answer may hold a value that the code does not know",
    TypeAddedToUnion "TYPE_ADDED_TO_UNION" Dangerous
        "type joined the union" "an answer may hold a type that the code does not know",
    OptionalInputFieldAdded "OPTIONAL_INPUT_FIELD_ADDED" Dangerous
        "optional input field added" "what its absence means is the server's to choose",
    OptionalArgAdded "OPTIONAL_ARG_ADDED" Dangerous
        "optional argument added" "what its absence means is the server's to choose",
    ImplementedInterfaceAdded "IMPLEMENTED_INTERFACE_ADDED" Dangerous
        "interface implemented" "an answer may hold a type that the code does not know",
    ArgDefaultValueChange "ARG_DEFAULT_VALUE_CHANGE" Dangerous
        "default of an argument changed" "a request without the argument means something else",
    InputFieldDefaultValueChange "INPUT_FIELD_DEFAULT_VALUE_CHANGE" Dangerous
        "default of an input field changed" "an input without the field means something else",
    TypeAdded "TYPE_ADDED" Safe
        "type added" "no request names it yet",
    FieldAdded "FIELD_ADDED" Safe
        "field added" "no request asks for it yet",
    FieldChangedKindSafe "FIELD_CHANGED_KIND_SAFE" Safe
        "field changed type" "whatever fitted before still fits",
    ArgChangedKindSafe "ARG_CHANGED_KIND_SAFE" Safe
        "argument changed type" "every value that was taken still is",
    ArgDefaultValueAdded "ARG_DEFAULT_VALUE_ADDED" Safe
        "default of an argument added" "there was none that a request could count on",
    InputFieldDefaultValueAdded "INPUT_FIELD_DEFAULT_VALUE_ADDED" Safe
        "default of an input field added" "there was none that an input could count on",
    DirectiveAdded "DIRECTIVE_ADDED" Safe
        "directive added" "no request names it yet",
    OptionalDirectiveArgAdded "OPTIONAL_DIRECTIVE_ARG_ADDED" Safe
        "optional argument of a directive added" "a request without it is still taken",
    DirectiveRepeatableAdded "DIRECTIVE_REPEATABLE_ADDED" Safe
        "directive became repeatable" "a request that does not repeat it is still taken",
    DirectiveLocationAdded "DIRECTIVE_LOCATION_ADDED" Safe
        "directive gained a location" "it may still stand where it stood",
    OneOfRemoved "ONE_OF_REMOVED" Safe
        "any number of fields is taken now" "an input with exactly one is still taken",
    Deprecated "DEPRECATED" Safe
        "deprecated" "it still works, and will be removed",
    DeprecationRemoved "DEPRECATION_REMOVED" Safe
        "no longer deprecated" "it stays",
}
