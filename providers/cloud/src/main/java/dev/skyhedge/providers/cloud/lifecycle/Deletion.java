package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Deletes an instance in a cloud that refuses to while another operation is under way: that one may be a
/// deletion already, or the instance is still being made and the deletion has to wait for it.
public final class Deletion {
    private static final int MAX_TRIES = 12;
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private Deletion() {}

    /// Succeeds as soon as the instance is on its way out or gone.
    ///
    /// @param delete asks for it; fails with [Failure.Conflict] if the instance is busy
    /// @param leaving whether a busy instance is on its way out or gone
    public static Outcome<Ended> of(Supplier<? extends Outcome<?>> delete, BooleanSupplier leaving, Pause pause) {
        for (int attempt = 1; ; attempt++) {
            switch (delete.get()) {
                case Outcome.Done<?> accepted -> {
                    return Outcome.done(Ended.ENDED);
                }
                case Outcome.Failed<?>(Failure.NotFound gone) -> {
                    return Outcome.done(Ended.ENDED);
                }
                case Outcome.Failed<?>(Failure.Conflict busy) -> {
                    if (leaving.getAsBoolean()) {
                        return Outcome.done(Ended.ENDED);
                    }
                    if (attempt == MAX_TRIES || !pause.rest(BETWEEN)) {
                        return Outcome.failed(busy);
                    }
                }
                case Outcome.Failed<?>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
            }
        }
    }
}
