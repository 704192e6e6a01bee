package dev.skyhedge.providers.kubernetes.fake;

import java.time.Duration;

/// How the fake behaves where real clusters vary.
///
/// @param scheduleTime from the creation of a pod to the scheduler's first look at it
/// @param bootTime from a node to a running container
/// @param stopTime from a deletion to the end of a pod that runs
/// @param noticeTime from the announcement of a preemption to the end of the pod
/// @param scaleTime how long the autoscaler needs to add a node
/// @param longestPage the most items of a page, whatever was asked for
/// @param callsPerSecond calls before `TooManyRequests`; 0 for no limit
public record FakeRules(
        Duration scheduleTime,
        Duration bootTime,
        Duration stopTime,
        Duration noticeTime,
        Duration scaleTime,
        int longestPage,
        int callsPerSecond) {
    /// A calm day.
    public static FakeRules calm() {
        return new FakeRules(
                Duration.ofMillis(300),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                500,
                0);
    }

    /// Nothing takes longer than it must.
    static FakeRules swift() {
        return new FakeRules(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(1), 500, 0);
    }

    public FakeRules limited(int calls) {
        return new FakeRules(scheduleTime, bootTime, stopTime, noticeTime, scaleTime, longestPage, calls);
    }

    public FakeRules paged(int items) {
        return new FakeRules(scheduleTime, bootTime, stopTime, noticeTime, scaleTime, items, callsPerSecond);
    }
}
