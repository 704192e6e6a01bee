package dev.skyhedge.console.metrics;

import java.time.Duration;

/// How long something took, over all times that it happened.
///
/// @param count how often it happened
/// @param p50 half of them took at most this long, to within 4 %; zero if it never happened
/// @param p99 99 % of them took at most this long, to within 4 %; zero if it never happened
/// @param max the longest, exactly; zero if it never happened
public record LagReport(long count, Duration p50, Duration p99, Duration max) {}
