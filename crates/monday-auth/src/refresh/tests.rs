//! The refresh engine on a clock that is moved by hand, against a scripted authorization server.

mod callers;
mod cancels;
mod endings;
mod faults;
mod scripted;
