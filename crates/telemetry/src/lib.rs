//! How Forkbeard performs: counters, histograms, samplers, health checks and log set-up.
