//! The kinds of fault, each with what it says and what to do.
//!
//! Must not know: how one is told from another (`judge`).

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $says:literal, $advice:literal;)+) => {
        /// What kind of fault it was.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $kind,)+
        }

        impl ErrorKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            pub(super) fn says(self) -> &'static str {
                match self { $(Self::$kind => $says,)+ }
            }

            pub(super) fn advice(self) -> &'static str {
                match self { $(Self::$kind => $advice,)+ }
            }
        }
    };
}

kinds! {
    /// The client cannot be built as told.
    Configuration: "the configuration is not usable", "endpoint, user agent and idempotency key are visible ASCII, a key has at most 255 characters, root certificates are PEM";
    /// The variables cannot be written as JSON.
    Encode: "the variables cannot be written as JSON", "use string keys and finite numbers in `Json` values";
    /// The file to be uploaded cannot be read, or changed while it was sent.
    Upload: "the file could not be sent as it is", "see `upload_fault`; upload a copy that nothing writes to";
    /// A file of this machine cannot be written.
    File: "the file cannot be written", "check the folder, its rights, and the room on the disk";
    /// No credential could be had, or it is for another server.
    Credential: "no usable credential", "the provider did not answer in time";
    /// The API refused the credential, and there is no newer one.
    Unauthorized: "the API refused the credential", "make a new token: monday.com, avatar, Developers, My access tokens";
    /// The account allows only some addresses.
    IpRestricted: "the account does not accept requests from this address", "ask an admin to allow the address";
    /// The user may not do this.
    Forbidden: "the user may not do this", "check the user's rights on the board or account";
    /// The app lacks a scope.
    MissingScope: "the token lacks a scope", "add the scope to the app and let the user consent again";
    /// A minute's budget is spent.
    RateLimited: "a rate limit is spent", "call again after `retry_after`, or raise the deadline";
    /// The day's calls are spent.
    DailyLimit: "the account's calls of the day are spent", "call again after midnight UTC";
    /// One query costs more than any budget.
    TooComplex: "the query is too complex", "select less, or ask for smaller pages: a query has 5,000,000 points at most";
    /// The same mutation is still under way.
    Conflict: "another request is in the way", "call again in a moment";
    /// The board is locked for a moment.
    Locked: "the resource is locked for a moment", "call again in a moment";
    /// The thing does not exist, or the user may not see it.
    NotFound: "it does not exist, or the user may not see it", "check the id and the user's rights";
    /// An argument is not acceptable.
    InvalidArgument: "an argument was refused", "see `api_errors` for which";
    /// A column value is not acceptable.
    ColumnValue: "a column value was refused", "see `error_data` in `api_errors` for the column, and its type's JSON form";
    /// A limit of the account or board is reached.
    LimitReached: "a limit of the account or board is reached", "remove something, or change the plan";
    /// The cursor has expired.
    CursorExpired: "the cursor has expired", "start again from the first page: a cursor lives 60 minutes";
    /// The document does not fit the schema that is served.
    Document: "the server does not accept the document", "compare the API version asked for with the schema's";
    /// The request is malformed.
    BadRequest: "the server cannot read the request", "report it: the SDK should not send this";
    /// The request or its file is larger than the server takes.
    RequestTooLarge: "the server does not take so much", "send a smaller file, or fewer entries at once";
    /// The version header is malformed.
    Version: "the API version is malformed", "write a quarter such as `2026-10`";
    /// Another API version was served.
    VersionMismatch: "another API version was served", "regenerate for the served version, or choose `ServedVersion::Warn`";
    /// The server failed.
    Server: "the server failed", "call again later";
    /// The API is blocked as a whole, or the breaker is open.
    Unavailable: "the API does not answer for now", "call again after `retry_after`";
    /// An error of a code this SDK does not know.
    Api: "the API answered with an error", "see `api_errors`";
    /// There is neither data nor an error.
    NoData: "the answer holds no data", "the thing asked for may not exist";
    /// The body is not what it should be.
    Decode: "the answer cannot be read", "see the error's source; regenerate if the schema has moved on";
    /// An item does not fit the type that it is read into. The source says which column of which board.
    UnfitItem: "an item does not fit its type", "change the type, or the board's column";
    /// The body ended too early.
    Truncated: "the answer ended too early", "call again";
    /// The body of an answer is larger than allowed.
    ResponseTooLarge: "the answer is larger than allowed", "ask for smaller pages, or allow more: by `max_response_bytes`, for a download where it is read";
    /// The body is a web page.
    UnexpectedContent: "the answer is no JSON", "a proxy or login page stands between";
    /// The server sent the request elsewhere; it was not followed.
    Redirected: "the server redirects, which is never followed", "check the endpoint";
    /// A proxy wants credentials of its own.
    ProxyAuth: "a proxy wants credentials", "give the proxy's credentials in its URL";
    /// The host's name has no address.
    Dns: "the host name cannot be resolved", "check the name and the network; nothing was sent";
    /// The connection cannot be made safe: the certificate is of nobody who is trusted, or for another host.
    Tls: "no secure connection", "check the clock and who signs the certificate; a company's proxy needs `root_certificates`; nothing was sent";
    /// No connection.
    Connect: "no connection", "check the network; nothing was sent";
    /// The connection broke after the request may have been sent.
    Disconnected: "the connection broke", "call again";
    /// The other side is silent, or almost, while the connection stands.
    Stalled: "the connection stands still", "call again; where the server is long at work before it answers, a call or an upload, raise `first_byte_timeout`";
    /// The other side does not speak HTTP as it should.
    Protocol: "the answer is no proper HTTP", "check what stands between: a proxy or another service answers";
    /// Too slow.
    Timeout: "the deadline passed", "raise the deadline";
    /// Too many calls are waiting.
    Overloaded: "too many calls are waiting in this client", "start fewer at once, or raise `max_in_flight`; nothing was sent";
}
