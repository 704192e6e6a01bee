package dev.skyhedge.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What keeps a watching process from control for now: told once, with pauses that grow until it is over. Owned by
/// one thread; [#present()] is everybody's.
final class Troubles {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 5;

    private final Consumer<String> say;
    private volatile Optional<String> present = Optional.empty();
    private int attempts;

    /// @param say takes what the user is told
    Troubles(Consumer<String> say) {
        this.say = say;
    }

    /// Something is in the way.
    ///
    /// @param summary by which it is recognised when it lasts: what differs in the detail is not told again
    /// @return for how long to leave it alone
    Duration met(String summary, String detail) {
        if (!present.equals(Optional.of(summary))) {
            present = Optional.of(summary);
            say.accept(summary + ": " + detail + " Nothing is changed until that is over; endpoints serve on.");
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts++, MAX_DOUBLINGS));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    /// Nothing is in the way any more.
    void over() {
        attempts = 0;
        present.ifPresent(summary -> say.accept("Over: " + summary + ". Going on."));
        present = Optional.empty();
    }

    /// What is in the way now.
    Optional<String> present() {
        return present;
    }
}
