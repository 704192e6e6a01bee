package dev.skyhedge.providers.gcp.fake;

import dev.skyhedge.providers.cloud.contract.Situation;
import java.time.Duration;

/// How the fake behaves where the real thing varies.
///
/// @param operationTime from the acceptance of an operation to its end
/// @param bootTime from the creation of an instance to `RUNNING`
/// @param stopTime from a deletion to the end of the instance
/// @param noticeTime from a preemption to the end of the instance
/// @param listLag how long a new instance stays out of lists
/// @param requestMemory how long a request id is remembered
/// @param callsPerSecond calls before `rateLimitExceeded`; 0 for no limit
public record FakeRules(
        Duration operationTime,
        Duration bootTime,
        Duration stopTime,
        Duration noticeTime,
        Duration listLag,
        Duration requestMemory,
        int callsPerSecond) {
    /// A calm day: operations of 3 s, boots of 5 s, no lag.
    public static FakeRules calm() {
        return new FakeRules(
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofMinutes(60),
                0);
    }

    /// What a test needs of them.
    public static FakeRules in(Situation situation) {
        FakeRules calm = calm();
        Duration day = Duration.ofDays(1);
        return new FakeRules(
                situation.endless() ? day : calm.operationTime,
                situation.endless() ? day : calm.bootTime,
                calm.stopTime,
                calm.noticeTime,
                situation.listLag(),
                calm.requestMemory,
                situation.callsPerSecond());
    }
}
