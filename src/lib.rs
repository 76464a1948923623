#![doc = include_str!("ARCHITECTURE.md")]

pub mod analytics;
pub mod app;
pub mod charts;
pub mod cli;
pub mod clock;
pub mod dashboard;
pub mod definitions;
pub mod diagnostic;
pub mod domain;
pub mod jobs;
pub mod recap;
pub mod report;
pub mod store;
pub mod web;
pub mod workbook;
