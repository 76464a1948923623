//! Evaluation: rules worked out by hand, and what must hold for any facts.

mod properties;
mod pws;
mod rules;
mod world;
