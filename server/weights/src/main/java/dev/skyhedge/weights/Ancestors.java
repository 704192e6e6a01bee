package dev.skyhedge.weights;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Whom to ask next.
final class Ancestors {
    static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Supplier<NodePlan> plan;
    private final NodeLimits limits;
    private final Consumer<NodeEvent> events;
    private long epoch;
    private int position;
    private Duration pause = FIRST_PAUSE;
    private long firstAsked = System.nanoTime();
    private boolean someWasThere;
    private final Set<InetSocketAddress> blamed = new HashSet<>();
    private final Set<String> waitedFor = new HashSet<>();

    Ancestors(Supplier<NodePlan> plan, NodeLimits limits, Consumer<NodeEvent> events) {
        this.plan = plan;
        this.limits = limits;
        this.events = events;
        this.epoch = plan.get().epoch();
    }

    Optional<InetSocketAddress> next() {
        NodePlan now = plan.get();
        if (now.epoch() != epoch) {
            begin(now.epoch());
        }
        while (position < now.ancestors().size()
                && blamed.contains(now.ancestors().get(position))) {
            position++;
        }
        return position < now.ancestors().size() ? Optional.of(now.ancestors().get(position)) : Optional.empty();
    }

    private void begin(long newer) {
        epoch = newer;
        position = 0;
        pause = FIRST_PAUSE;
        firstAsked = System.nanoTime();
    }

    /// Begins again with the nearest one, after a pause.
    void again() throws InterruptedException {
        pause();
        position = 0;
    }

    /// What came of asking somebody.
    ///
    /// @param welcomed whether anybody has ever sent something
    /// @return why nobody else is worth asking
    Optional<String> received(InetSocketAddress peer, Receiver.End end, boolean welcomed) throws InterruptedException {
        String name = Node.text(peer);
        someWasThere |= welcomed;
        if (plan.get().epoch() != epoch) {
            return Optional.empty();
        }
        switch (end) {
            case Receiver.End.Whole() -> {}
            case Receiver.End.NotThere(String why) -> notThere(name, why);
            case Receiver.End.Lost(String why) -> further(new NodeEvent.Lost(name, why));
            case Receiver.End.Refused(Refusal refusal) -> further(new NodeEvent.Refused(name, refusal));
            case Receiver.End.BadChunk(int index) -> {
                blamed.add(peer);
                further(new NodeEvent.BadChunk(name, index));
            }
            case Receiver.End.CannotKeep(String why) -> {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    private void further(NodeEvent why) {
        events.accept(why);
        position++;
        pause = FIRST_PAUSE;
    }

    private void notThere(String name, String why) throws InterruptedException {
        boolean patient =
                !someWasThere && System.nanoTime() - firstAsked < limits.start().toNanos();
        if (patient) {
            if (waitedFor.add(name)) {
                events.accept(new NodeEvent.Waiting(name));
            }
            pause();
        } else {
            further(new NodeEvent.Lost(name, why));
        }
    }

    private void pause() throws InterruptedException {
        Thread.sleep(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
