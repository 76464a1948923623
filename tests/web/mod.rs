//! Pages, charts and the API through the router, without a socket: on the worked year, on hostile names, on nothing.

mod api;
mod forms;
mod intake;
mod pages;
mod refusals;
pub mod site;
