package dev.skyhedge.load;

import java.time.Duration;

/// How long answers took, counted from when their request was due. All zero if there was none.
public record LatencySummary(Duration p50, Duration p90, Duration p99, Duration max) {}
