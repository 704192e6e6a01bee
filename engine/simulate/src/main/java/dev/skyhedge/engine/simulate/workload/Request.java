package dev.skyhedge.engine.simulate.workload;

/// One request.
///
/// @param arrivalNanos when it arrives, from the beginning; not negative
/// @param inputTokens of its prompt, at least 0
/// @param outputTokens of its answer, at least 0
public record Request(long arrivalNanos, int inputTokens, int outputTokens) {}
