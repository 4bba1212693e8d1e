//! Builders, fixed clocks and temporary libraries for tests; never part of a product.
