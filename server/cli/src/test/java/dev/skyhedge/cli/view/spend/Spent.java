package dev.skyhedge.cli.view.spend;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.RentedTime.Use;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A small past.
final class Spent {
    static final Instant START = Instant.parse("2026-11-30T22:00:00Z");
    static final Instant NOW = Instant.parse("2026-12-01T02:30:00Z");

    private static final Location OREGON = new Location("aws", "us-west-2", "us-west-2a");
    private static final Location IOWA = new Location("gcp", "us-central1", "us-central1-a");

    private Spent() {}

    /// A spot replica that started and serves, one on demand that stood in for two hours, one of which nothing came,
    /// and one from before uses were kept.
    static Charges charges() {
        return Charges.of(
                List.of(
                        spot("chat-1#1", Use.START, 0, Optional.of(10), OREGON, "i-1"),
                        spot("chat-1#1", Use.SERVING, 10, Optional.empty(), OREGON, "i-1"),
                        entry("chat", SpendEntry.Kind.RENTED_ON_DEMAND, "chat-2#1", "1.20", 60, Optional.of(180))
                                .usedFor(rented(Use.STAND_IN, IOWA, "vm-2")),
                        spot("chat-3#1", Use.NEVER_READY, 30, Optional.of(40), IOWA, "vm-3"),
                        entry("embed", SpendEntry.Kind.RENTED_SPOT, "embed-1#4", "0.10", 0, Optional.of(30)),
                        entry("chat", SpendEntry.Kind.ALL_ON_DEMAND, "all on-demand", "2.40", 0, Optional.empty())),
                Instant.MIN,
                NOW);
    }

    private static SpendEntry spot(
            String subject, Use use, int from, Optional<Integer> until, Location at, String instance) {
        return entry("chat", SpendEntry.Kind.RENTED_SPOT, subject, "0.36", from, until)
                .usedFor(rented(use, at, instance));
    }

    private static RentedTime rented(Use use, Location at, String instance) {
        return new RentedTime(use, at, "g6.xlarge", Accelerator.parse("L4:1"), Optional.of(instance));
    }

    private static SpendEntry entry(
            String service, SpendEntry.Kind kind, String subject, String usd, int from, Optional<Integer> until) {
        return new SpendEntry(
                service,
                kind,
                subject,
                HourlyPrice.ofUsd(usd),
                START.plus(Duration.ofMinutes(from)),
                until.map(minutes -> START.plus(Duration.ofMinutes(minutes))));
    }
}
