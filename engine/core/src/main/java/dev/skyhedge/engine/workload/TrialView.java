package dev.skyhedge.engine.workload;

import java.util.Optional;
import java.util.OptionalDouble;

/// One trial of a workload that has some, for people.
///
/// @param number from 1
/// @param parameters as `name=value`, separated by spaces
/// @param state a word
/// @param iteration that it reported last; 0 for none
/// @param value that it reported last
/// @param best value that it ever reported
/// @param isBest whether no other trial has a better one
/// @param checkpoint that it had then, or its newest
/// @param failures how often it failed
public record TrialView(
        int number,
        String parameters,
        String state,
        int iteration,
        OptionalDouble value,
        OptionalDouble best,
        boolean isBest,
        Optional<String> checkpoint,
        int failures) {}
