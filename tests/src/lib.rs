//! Journeys and tidy checks; see the files beside this one.
