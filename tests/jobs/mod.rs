//! Scheduled jobs, from the outside.

mod backups;
mod beside;
mod mail_server;
mod page;
mod simulation;
pub mod world;
