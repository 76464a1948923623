//! Evaluation: rules worked out by hand, what must hold for any facts, and how it is written out.

mod properties;
mod pws;
mod rules;
mod text;
mod world;
