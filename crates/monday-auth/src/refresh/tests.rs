//! The refresh engine on a clock that is moved by hand, against a scripted authorization server.

mod app_secret;
mod callers;
mod cancels;
mod doctor;
mod endings;
mod events;
mod faults;
mod scripted;
mod settling;
mod sources;
mod told;
#[cfg(unix)]
mod unreadable;
mod woken;
