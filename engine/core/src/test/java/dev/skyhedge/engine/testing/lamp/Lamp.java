package dev.skyhedge.engine.testing.lamp;

/// What is declared of a lamp.
///
/// @param name unique among all workloads
/// @param machines how many it shines on
/// @param colour what its tasks run; another one is another version
public record Lamp(String name, int machines, String colour) {}
