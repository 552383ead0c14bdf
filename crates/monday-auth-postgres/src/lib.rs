//! Token records of the monday.com SDK.
