"""`make bench`: times as ratios inside one run. Absolute times on shared machines say nothing."""
