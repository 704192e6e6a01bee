package dev.skyhedge.state.records;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A price paid, or that would have been paid, over some time.
///
/// @param service name of the service
/// @param kind rented, or the yardstick
/// @param subject what it is for: a replica and its generation such as `chat-1#2`, or a period
/// @param price per hour
/// @param from when it began
/// @param until when it ended; empty while it runs
/// @param rented what was rented and what its time was used for; empty in yardsticks, and in rows from before it was
///     kept
/// @param total of an entry that stands for many that ended long ago: what they came to, in micro-dollars; its
///     price says nothing
public record SpendEntry(
        String service,
        Kind kind,
        String subject,
        HourlyPrice price,
        Instant from,
        Optional<Instant> until,
        Optional<RentedTime> rented,
        Optional<Long> total) {
    /// How the subjects of entries begin that stand for many.
    public static final String EARLIER = "earlier";

    /// An entry that stands for itself.
    public SpendEntry(
            String service, Kind kind, String subject, HourlyPrice price, Instant from, Optional<Instant> until) {
        this(service, kind, subject, price, from, until, Optional.empty(), Optional.empty());
    }

    /// The same entry, which ended then; at its beginning if that is earlier.
    public SpendEntry endedAt(Instant at) {
        Instant end = at.isBefore(from) ? from : at;
        return new SpendEntry(service, kind, subject, price, from, Optional.of(end), rented, total);
    }

    /// What goes on when the same entry ends then: another price, or another use.
    public SpendEntry goingOn(Instant at, HourlyPrice newPrice, Optional<RentedTime> newUse) {
        Instant begin = at.isBefore(from) ? from : at;
        return new SpendEntry(service, kind, subject, newPrice, begin, Optional.empty(), newUse, Optional.empty());
    }

    /// The same entry, whose time was, or is, used for this.
    public SpendEntry usedFor(RentedTime use) {
        return new SpendEntry(service, kind, subject, price, from, until, Optional.of(use), total);
    }

    /// What the money was, or would have been, for.
    public enum Kind {
        RENTED_SPOT,
        RENTED_ON_DEMAND,
        /// The wanted number of replicas, all on-demand: what was not paid.
        ALL_ON_DEMAND
    }

    /// The same entry of a service under another name.
    public SpendEntry ofService(String other) {
        return new SpendEntry(other, kind, subject, price, from, until, rented, total);
    }

    /// Whether both are the same row.
    public boolean hasKeyOf(SpendEntry other) {
        return service.equals(other.service)
                && kind == other.kind
                && subject.equals(other.subject)
                && from.equals(other.from);
    }

    /// What two that have ended came to; their rows have the same key.
    public SpendEntry together(SpendEntry other) {
        Instant end =
                until.orElse(from).isAfter(other.until.orElse(from)) ? until.orElse(from) : other.until.orElse(from);
        return new SpendEntry(
                service,
                kind,
                subject,
                HourlyPrice.ZERO,
                from,
                Optional.of(end),
                rented,
                Optional.of(Math.addExact(microDollars(end), other.microDollars(end))));
    }

    /// What it came to, in micro-dollars, by the given time.
    public long microDollars(Instant now) {
        if (total.isPresent()) {
            return total.get();
        }
        Duration time = Duration.between(from, until.orElse(now));
        return time.isNegative() ? 0 : price.microDollarsFor(time);
    }
}
