package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FlightProperties {
    private static final Flight.Outcome ANSWERED = new Flight.Outcome.Answered(200);

    private enum Step {
        SEND,
        /// The first byte of an answer, of one that may have had it.
        BEGIN,
        REPLY,
        RESET,
        ABORT,
        CLOSE_AGAIN,
        DRAIN,
        READY,
        REMOVE
    }

    @Property(tries = 300)
    void inFlightEqualsTheOpenAttemptsAtEveryStep(@ForAll @Size(max = 200) List<Step> steps, @ForAll long seed) {
        var random = new Random(seed);
        Target target = Target.ready("a", 1, "127.0.0.1", 80);
        var replica = new Replica(target, new Breaker(random), 4);
        var open = new ArrayList<Flight>();
        var begun = new HashSet<Flight>();
        var closed = new ArrayList<Flight>();

        for (Step step : steps) {
            switch (step) {
                case SEND -> open.add(Flight.begin(replica, 100, 0));
                case BEGIN -> {
                    if (!open.isEmpty()) {
                        Flight flight = open.get(random.nextInt(open.size()));
                        flight.answers();
                        begun.add(flight);
                    }
                }
                case REPLY -> close(open, closed, random, ANSWERED);
                case RESET -> close(open, closed, random, new Flight.Outcome.Failed(FailureKind.RESET));
                case ABORT -> close(open, closed, random, Flight.ABANDONED);
                case CLOSE_AGAIN ->
                    closed.forEach(
                            flight -> assertThat(flight.close(ANSWERED, 0, 1)).isEmpty());
                case DRAIN -> replica.routed(target.draining(java.util.Optional.empty()));
                case READY -> replica.routed(target);
                case REMOVE -> replica.unrouted();
            }
            assertThat(replica.inFlight()).isEqualTo(open.size());
            assertThat(replica.unreadTokens())
                    .isEqualTo(100
                            * open.stream().filter(one -> !begun.contains(one)).count());
            if (replica.claimDrained()) {
                assertThat(open).isEmpty();
                assertThat(replica.claimDrained()).isFalse();
            }
        }
    }

    private static void close(List<Flight> open, List<Flight> closed, Random random, Flight.Outcome outcome) {
        if (!open.isEmpty()) {
            Flight flight = open.remove(random.nextInt(open.size()));
            assertThat(flight.close(outcome, 0, 1)).isPresent();
            closed.add(flight);
        }
    }
}
