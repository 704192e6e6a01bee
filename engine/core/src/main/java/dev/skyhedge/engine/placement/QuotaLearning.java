package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ClosedScope;
import java.time.Instant;
import java.util.Optional;

/// What launches teach about quotas that no cloud lets us read: where one was met. Zones are not to blame.
///
/// Pure: what was known goes in, what is known now comes out.
public final class QuotaLearning {
    private QuotaLearning() {}

    /// A launch was refused.
    ///
    /// @param met the scope as the provider tells it, how many of ours are there, and why
    /// @param requestedAt when the launch was decided: one that was under way when the limit was met already says
    ///     nothing new
    public static ClosedScope refused(Optional<ClosedScope> before, Met met, Instant requestedAt, Instant now) {
        boolean isEcho =
                before.filter(known -> !requestedAt.isAfter(known.since())).isPresent();
        if (isEcho) {
            ClosedScope known = before.orElseThrow();
            return at(known, Math.max(known.held(), met.held()));
        }
        int failures = 1
                + before.filter(known -> known.held() == met.held())
                        .map(ClosedScope::failures)
                        .orElse(0);
        return new ClosedScope(
                met.scope(), met.held(), failures, now, now.plus(LaunchBackOff.ofQuota(failures)), met.evidence());
    }

    /// A launch was accepted that counts against the limit. Empty if that proves the limit wrong.
    ///
    /// @param held how many of ours are there now
    public static Optional<ClosedScope> accepted(ClosedScope known, int held, Instant requestedAt) {
        if (held <= known.held()) {
            return Optional.of(known);
        }
        return requestedAt.isAfter(known.since()) ? Optional.empty() : Optional.of(at(known, held));
    }

    /// The cloud says that there is room: it is worth a try.
    public static ClosedScope hasRoom(ClosedScope known, Instant now) {
        return new ClosedScope(known.scope(), known.held(), known.failures(), known.since(), now, known.evidence());
    }

    /// Where a limit was met.
    ///
    /// @param scope that it covers
    /// @param held how many of ours were there
    /// @param evidence what the provider said
    public record Met(Scope scope, int held, String evidence) {}

    private static ClosedScope at(ClosedScope known, int held) {
        return new ClosedScope(known.scope(), held, known.failures(), known.since(), known.retryAt(), known.evidence());
    }
}
