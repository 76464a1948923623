//! The one integration test binary; each module says what it shows.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and so do the functions that tests share")]

// Isolation: every address and every function of the store, by every role, for what is its own and what is not.
#[cfg(test)]
mod access;
// Accounts: log-in under attack, codes and tokens replayed, the last administrator, what a restored copy opens.
#[cfg(test)]
mod accounts;
// Approved periods: locked figures, pending changes, rights.
#[cfg(test)]
mod approvals;
// Evaluation: rules worked out by hand, and what holds for any facts.
#[cfg(test)]
mod analytics;
// A person at the pages in a real browser, and pictures of them.
mod browser;
// The command-line contract through the built binary, and the worked cases.
mod cli;
// Small workbooks of every shape seen in offices, through the whole import, and any table in any supported layout.
mod corpus;
// Definition files: the shipped ones load, the wrong ones say where, what and what to do.
mod definitions;
// Keys of definition files: reader, schema and reference agree on each.
mod definition_keys;
// The marked copy: equal to its original outside the marks, read back as the original.
mod marked;
// Workbooks of every format, hostile ones included, and the child process that reads them.
mod formats;
// Workbooks into facts: any order of files, receipts, the same bytes again.
mod import;
// Scheduled jobs: the ledger over months of sleep, kills and full disks; backups; the command line beside a service.
mod jobs;
// The service beyond loopback, over real sockets.
mod lan;
// Personal data at import, and a person's data found and erased.
mod privacy;
// Every block of the README runs.
mod readme;
// Papers read back by other programs: the evaluation's numbers, nothing outside its page.
mod report;
// The log of accepted rows: several files, versions, undo, traces.
mod store;
// Achievements as coordinators keep them: long forms, shared denominators, villages, counts since January.
mod recap_achievements;
// Worked cases through workbook and recap: what is rejected, cell by cell, and what is accepted adds up.
mod recap_cases;
// Dates and follow-ups as people write them.
mod recap_dates;
// Visits of which a month and no day is written.
mod recap_month_visits;
// Colours and strikes: marks where they can mean nothing else, else doubts that are told.
mod recap_looks;
// Plans of which colours and signs each say something, and struck cells below single months.
mod recap_plan_looks;
// Which rows below a heading are data: repeated headings, sums, column numbers, signatures.
mod recap_rows;
// Odd layouts written on the spot: the same records whatever they look like; wrong cells named.
mod recap_shapes;
// Registers with titles between their rows, lists of indicators without codes, the decree by names.
mod recap_registers;
// Files that are not what they seem, and every limit.
mod workbook_files;
// The built binary on a folder of its own, and the worked cases.
mod support;
// House rules: layers, licences, module docs, snapshots.
mod tidy;
// Ready-made workbooks read back without one issue, empty and filled.
mod template;
// Pages, charts and the API through the router.
mod web;
