package dev.skyhedge.cli;

import dev.skyhedge.state.Order;
import dev.skyhedge.state.PlacedOrder;
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

    private record Question(String digest, CompletableFuture<Boolean> answer) {}

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
        open.filter(question -> isAbout(placed, question.digest()))
                .ifPresent(question -> question.answer().complete(true));
        return true;
    }

    /// The order to apply some files that has not been dealt with.
    synchronized Optional<PlacedOrder> order() {
        return ordered;
    }

    /// The order has been dealt with.
    synchronized void settled() {
        ordered = Optional.empty();
    }

    static boolean isAbout(PlacedOrder placed, String digest) {
        return placed.order() instanceof Order.ApplySpec apply && apply.digest().equals(digest);
    }

    /// Whether somebody agrees to files of this digest; waits until somebody has said so or not.
    boolean to(String digest, String question) {
        CompletableFuture<Boolean> answer = ask(digest, question);
        boolean agreed = answer.join();
        synchronized (this) {
            open = Optional.empty();
        }
        return agreed;
    }

    /// Whether files of this digest are ordered to be applied.
    synchronized boolean isGiven(String digest) {
        return ordered.filter(placed -> isAbout(placed, digest)).isPresent();
    }

    private synchronized CompletableFuture<Boolean> ask(String digest, String question) {
        var answer = new CompletableFuture<Boolean>();
        if (isGiven(digest)) {
            answer.complete(true);
            return answer;
        }
        open = Optional.of(new Question(digest, answer));
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
