//! Scheduled jobs, from the outside.

mod after;
mod audit;
mod backups;
mod beside;
mod folder;
mod mail;
mod mail_server;
mod page;
mod prune;
mod reports;
mod shipped;
mod simulation;
pub mod world;
