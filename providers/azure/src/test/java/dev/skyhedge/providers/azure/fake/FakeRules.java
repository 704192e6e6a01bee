package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.contract.Situation;
import java.time.Duration;

/// How the fake behaves where the real thing varies.
///
/// @param operationTime from the acceptance of a creation to its end
/// @param bootTime from the creation of a machine to `PowerState/running`, at least the operation's
/// @param stopTime from a deletion to the end of the machine
/// @param noticeTime from an eviction to the end of the machine
/// @param listLag how long a new machine stays out of lists
/// @param pageSize machines on a page
/// @param callsPerSecond calls before HTTP 429; 0 for no limit
/// @param poor as emulators are: creations are done at once, and there are no sizes, quotas or instance views
public record FakeRules(
        Duration operationTime,
        Duration bootTime,
        Duration stopTime,
        Duration noticeTime,
        Duration listLag,
        int pageSize,
        int callsPerSecond,
        boolean poor) {
    private static final int PAGE = 50;

    /// A calm day: creations of 3 s, boots of 5 s, no lag.
    public static FakeRules calm() {
        return new FakeRules(
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                Duration.ZERO,
                PAGE,
                0,
                false);
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
                PAGE,
                situation.callsPerSecond(),
                false);
    }

    public FakeRules emulated() {
        return new FakeRules(
                Duration.ZERO, Duration.ZERO, stopTime, noticeTime, listLag, pageSize, callsPerSecond, true);
    }
}
