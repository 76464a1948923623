//! Scheduled jobs, from the outside.

mod after;
mod audit;
mod backups;
mod beside;
mod folder;
mod mail;
mod mail_server;
mod page;
mod papers_by_mail;
mod prune;
mod reports;
mod shipped;
mod simulation;
mod webhook;
pub mod world;
