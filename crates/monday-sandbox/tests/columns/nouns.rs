//! A noun each: made, read, changed, read, deleted, read; and what is refused.

mod boards;
mod columns;
mod documents;
mod folders;
mod groups;
mod items;
mod members;
mod notifications;
mod teams;
mod updates;
mod users;
mod varieties;
mod workspaces;
