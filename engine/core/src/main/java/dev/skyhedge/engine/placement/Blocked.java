package dev.skyhedge.engine.placement;

import dev.skyhedge.specs.schema.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Says why launches have to wait.
final class Blocked {
    private Blocked() {}

    static String because(int count, String market, OfferBook book, Instant now) {
        String what = count + " " + market + (count == 1 ? " replica" : " replicas");
        if (book.isEmpty()) {
            return what + " cannot be placed: nothing that its resources permit is offered as " + market;
        }
        return what + " must wait"
                + book.nextRetry()
                        .map(at -> " "
                                + Durations.text(Duration.ofSeconds(
                                        Math.max(1, Duration.between(now, at).toSeconds()))))
                        .orElse("")
                + " (" + book.closedBecause() + ")";
    }

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
    }
}
