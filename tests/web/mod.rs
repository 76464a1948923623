//! Pages, charts and the API through the router, without a socket: on the worked year, on hostile names, on nothing.

mod api;
mod approvals;
mod bytes;
mod days;
mod entries;
mod entries_figures;
mod entries_year;
pub mod evidence;
mod forms;
mod intake;
mod judged;
mod limits;
mod live_definitions;
mod meeting;
mod order;
mod pages;
mod palette;
mod papers;
mod parts;
mod preview_facts;
mod refusals;
mod said_of_times;
mod sayings;
pub mod site;
mod slides;
mod status_table;
