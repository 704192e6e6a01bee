package dev.skyhedge.agent.core;

import java.time.Duration;
import java.time.Instant;

/// @param wall for people
/// @param elapsed since this agent began, for limits: clocks are set
public record Moment(Instant wall, Duration elapsed) {}
