//! The library on disk: an append-only ledger that is the truth, and a derived index.
