package dev.skyhedge.watch;

import dev.skyhedge.spi.BackOff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What keeps a watching process from control for now: told once, with pauses that grow until it is over. Owned by
/// one thread; [#present()] is everybody's.
final class Troubles {
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(5));

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
        return BACK_OFF.after(++attempts);
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
