//! What becomes of single files.
