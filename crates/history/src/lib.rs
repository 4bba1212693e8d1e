//! Documents with history: cells, canonical trees, commits, differences and three-way merge.
