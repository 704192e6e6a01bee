package dev.skyhedge.providers.cloud.calls;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One token bucket for each group of calls, shared by all threads of a provider. Thread-safe.
public final class CallPacing {
    private final Function<ApiGroup, CallRate> rates;
    private final InstantSource clock;
    private final Pause pause;
    private final ConcurrentHashMap<ApiGroup, TokenBucket> buckets = new ConcurrentHashMap<>();

    /// @param rates how often each group may be called
    public CallPacing(Function<ApiGroup, CallRate> rates, InstantSource clock, Pause pause) {
        this.rates = rates;
        this.clock = clock;
        this.pause = pause;
    }

    /// Waits for the group's turn.
    ///
    /// @throws InterruptedException if interrupted while waiting; the turn is used up
    public void await(ApiGroup group) throws InterruptedException {
        Duration wait = bucket(group).take();
        if (wait.isPositive()) {
            pause.pass(wait);
        }
    }

    /// The cloud throttled a call of this group, or announced that it soon will.
    public void throttled(ApiGroup group) {
        bucket(group).throttled();
    }

    private TokenBucket bucket(ApiGroup group) {
        return buckets.computeIfAbsent(group, unknown -> new TokenBucket(rates.apply(unknown), clock));
    }
}
