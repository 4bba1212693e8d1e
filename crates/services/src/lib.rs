//! The use cases of Forkbeard, one file an area: the one API that every host calls.
