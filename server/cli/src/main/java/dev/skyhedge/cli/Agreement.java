package dev.skyhedge.cli;

import dev.skyhedge.engine.plan.SpecJson;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Who may agree to a change of a spec: whoever types at this terminal, and whoever orders it from another one.
/// Thread-safe.
final class Agreement {
    private final Terminal terminal;
    private Optional<Question> open = Optional.empty();
    private Optional<PlacedOrder> ordered = Optional.empty();
    private long lastOrder;
    private boolean reading;

    private record Question(LoadedSpec spec, CompletableFuture<Boolean> answer) {}

    Agreement(Terminal terminal) {
        this.terminal = terminal;
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
    boolean to(LoadedSpec spec, String question) {
        CompletableFuture<Boolean> answer = ask(spec, question);
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

    private synchronized CompletableFuture<Boolean> ask(LoadedSpec spec, String question) {
        var answer = new CompletableFuture<Boolean>();
        if (isGiven(spec)) {
            answer.complete(true);
            return answer;
        }
        open = Optional.of(new Question(spec, answer));
        terminal.print(question);
        if (!reading) {
            reading = true;
            Thread.ofPlatform().daemon().name("answers").start(this::read);
        }
        return answer;
    }

    /// A line that is typed answers the question that is open then: the one before it may have been answered by an
    /// order.
    private void read() {
        Optional<String> line = Optional.empty();
        try {
            line = terminal.ask("");
        } finally {
            answer(line);
        }
    }

    private synchronized void answer(Optional<String> line) {
        reading = false;
        open.ifPresent(question -> question.answer()
                .complete(line.filter(typed -> typed.strip().equals("yes")).isPresent()));
    }
}
