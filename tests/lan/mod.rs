//! The service beyond loopback: accounts, names, proxies, https and bounds, over real sockets.

mod bounds;
mod console;
mod doors;
mod https;
mod operators;
mod proxies;
pub mod service;
