package dev.skyhedge.providers.cloud.calls;

import dev.skyhedge.providers.cloud.settings.CloudEndpoint;
import dev.skyhedge.spi.BackOff;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes a call, and makes it again where that may help: after being throttled and after an unknown
/// outcome. The call must be one that may be repeated: it reads, it deletes, or it carries the launch's
/// token. Waits double from one second and are drawn evenly between nothing and that ("full jitter", AWS
/// Architecture Blog, "Exponential Backoff And Jitter", 2015). Where nobody listens three tries are enough,
/// for all calls there together. Thread-safe if the random generator is.
public final class CallRepeater {
    private static final BackOff THROTTLED_BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final BackOff UNKNOWN_BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final int THROTTLED_TRIES = 8;
    private static final int UNKNOWN_TRIES = 5;
    private static final int UNCONNECTED_TRIES = 3;

    private final CallPacing pacing;
    private final InstantSource clock;
    private final Pause pause;
    private final RandomGenerator random;
    private final Outages outages;

    /// For calls that do not tell of outages.
    public CallRepeater(CallPacing pacing, InstantSource clock, Pause pause, RandomGenerator random) {
        this(pacing, clock, pause, random, new Outages(CloudEndpoint.REAL, clock));
    }

    /// @param outages told by the calls themselves
    public CallRepeater(CallPacing pacing, InstantSource clock, Pause pause, RandomGenerator random, Outages outages) {
        this.pacing = pacing;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
        this.outages = outages;
    }

    /// The outcome of the last try. No try starts after the limit; an interrupted wait ends in
    /// [Failure.OutcomeUnknown] with the thread's interrupt flag set.
    ///
    /// @param limit how long to go on, from now
    public <T> Outcome<T> call(ApiGroup group, Duration limit, Supplier<Outcome<T>> call) {
        Instant deadline = clock.instant().plus(limit);
        try {
            for (int tries = 1; ; tries++) {
                if (outages.isFresh(group)) {
                    return Outcome.failed(outages.failure(group, tries - 1));
                }
                pacing.await(group);
                Outcome<T> outcome = call.get();
                if (!(outcome instanceof Outcome.Failed<T>(Failure failure))) {
                    return outcome;
                }
                if (failure instanceof Failure.Throttled) {
                    pacing.throttled(group);
                }
                if (failure instanceof Failure.OutcomeUnknown
                        && outages.lasts(group)
                        && (tries >= UNCONNECTED_TRIES || outages.isSure(group))) {
                    outages.makeSure(group);
                    return Outcome.failed(outages.failure(group, tries));
                }
                Optional<Duration> wait = waitAfter(failure, tries);
                if (wait.isEmpty() || clock.instant().plus(wait.get()).isAfter(deadline)) {
                    return outcome;
                }
                pause.pass(wait.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.OutcomeUnknown("interrupted while calling " + group.group()));
        }
    }

    /// How long to wait before the next try; empty if there is none.
    private Optional<Duration> waitAfter(Failure failure, int tries) {
        return switch (failure) {
            case Failure.Throttled throttled
            when tries < THROTTLED_TRIES ->
                Optional.of(
                        throttled.retryAfter().isPositive()
                                ? throttled.retryAfter()
                                : THROTTLED_BACK_OFF.after(tries, random.nextDouble()));
            case Failure.OutcomeUnknown unknown
            when tries < UNKNOWN_TRIES -> Optional.of(UNKNOWN_BACK_OFF.after(tries, random.nextDouble()));
            default -> Optional.empty();
        };
    }
}
