package dev.skyhedge.watch.change;

import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Who may agree to a change of a spec: whoever is asked here, and whoever orders it from elsewhere.
/// Thread-safe.
final class Agreement {
    private final Approver approver;
    private Optional<Question> open = Optional.empty();
    private Optional<PlacedOrder> ordered = Optional.empty();
    private long lastOrder;
    private boolean reading;

    private record Question(LoadedSpec spec, CompletableFuture<Boolean> answer) {}

    Agreement(Approver approver) {
        this.approver = approver;
    }

    /// Takes an order to apply files; it answers the question that is open about them.
    ///
    /// @return whether it is a new one
    synchronized boolean ordered(PlacedOrder placed) {
        if (placed.number() <= lastOrder) {
            return false;
        }
        lastOrder = placed.number();
        ordered = Optional.of(placed);
        open.filter(question -> isAbout(placed, question.spec()))
                .ifPresent(question -> question.answer().complete(true));
        return true;
    }

    /// Whether the question that is open is about something else than the order: then nobody will come to it.
    synchronized boolean asksSomethingElse(PlacedOrder placed) {
        return open.filter(question -> !isAbout(placed, question.spec())).isPresent();
    }

    /// The order to apply some files that has not been dealt with.
    synchronized Optional<PlacedOrder> order() {
        return ordered;
    }

    /// The order has been dealt with.
    synchronized void settled() {
        ordered = Optional.empty();
    }

    /// Whether these are the files of the order, and come to the same services here.
    static boolean isAbout(PlacedOrder placed, LoadedSpec spec) {
        return isAboutFiles(placed, spec)
                && placed.order() instanceof Order.ApplySpec apply
                && spec.spec()
                        .map(SpecJson::digest)
                        .filter(apply.services()::equals)
                        .isPresent();
    }

    /// Whether these are the files of the order, whatever they come to.
    static boolean isAboutFiles(PlacedOrder placed, LoadedSpec spec) {
        return placed.order() instanceof Order.ApplySpec apply && apply.digest().equals(spec.digest());
    }

    /// Whether somebody agrees to this spec; waits until somebody has said so or not.
    boolean to(LoadedSpec spec) {
        CompletableFuture<Boolean> answer = ask(spec);
        boolean agreed = answer.join();
        synchronized (this) {
            open = Optional.empty();
        }
        return agreed;
    }

    /// Whether this spec is ordered to be applied.
    synchronized boolean isGiven(LoadedSpec spec) {
        return ordered.filter(placed -> isAbout(placed, spec)).isPresent();
    }

    private synchronized CompletableFuture<Boolean> ask(LoadedSpec spec) {
        var answer = new CompletableFuture<Boolean>();
        if (isGiven(spec)) {
            answer.complete(true);
            return answer;
        }
        open = Optional.of(new Question(spec, answer));
        approver.ask();
        if (!reading) {
            reading = true;
            Thread.ofPlatform().daemon().name("answers").start(this::read);
        }
        return answer;
    }

    /// What is said answers the question that is open then: the one before it may have been answered by an order.
    private void read() {
        boolean yes = false;
        try {
            yes = approver.saysYes();
        } finally {
            answer(yes);
        }
    }

    private synchronized void answer(boolean yes) {
        reading = false;
        open.ifPresent(question -> question.answer().complete(yes));
    }
}
