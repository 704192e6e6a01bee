package dev.skyhedge.balancer.keys;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// What one key has used and may use still. It outlives changes of the key's limits and of the key itself.
/// Thread-safe, without locks.
public final class KeyAccount {
    /// When a request in progress may have ended: nobody knows.
    private static final Duration SOON = Duration.ofSeconds(1);

    private final String name;
    private final AtomicReference<Allowance> allowance;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder completionTokens = new LongAdder();
    private final EnumMap<KeyLimit, LongAdder> refused = new EnumMap<>(KeyLimit.class);

    KeyAccount(String name, ClientKey.Limits limits, long now) {
        this.name = name;
        this.allowance = new AtomicReference<>(Allowance.full(limits, now));
        Arrays.stream(KeyLimit.values()).forEach(limit -> refused.put(limit, new LongAdder()));
    }

    /// Other limits from now on.
    void limit(ClientKey.Limits newer, long now) {
        if (!newer.equals(allowance.get().limits())) {
            allowance.updateAndGet(left -> left.with(newer, now));
        }
    }

    /// What becomes of a request.
    public sealed interface Answer {
        /// It has begun, and [#ended(long, long)] is to be called once.
        record Begun() implements Answer {}

        /// @param retryAfter when there is room again, as far as is known
        record Refused(KeyLimit limit, Duration retryAfter) implements Answer {}
    }

    private static final Answer BEGUN = new Answer.Begun();

    /// A request by this key arrives.
    public Answer begin(long now) {
        if (!enter(allowance.get().limits().maxInFlight().orElse(Integer.MAX_VALUE))) {
            return refuse(KeyLimit.IN_FLIGHT, SOON);
        }
        while (true) {
            Allowance before = allowance.get();
            Allowance left = before.at(now);
            if (left.untilToken().isPositive()) {
                inFlight.decrementAndGet();
                return refuse(KeyLimit.TOKENS, left.untilToken());
            }
            if (left.untilRequest().isPositive()) {
                inFlight.decrementAndGet();
                return refuse(KeyLimit.REQUESTS, left.untilRequest());
            }
            if (allowance.compareAndSet(before, left.withoutRequest())) {
                requests.increment();
                return BEGUN;
            }
        }
    }

    private boolean enter(int most) {
        return inFlight.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }

    private Answer refuse(KeyLimit limit, Duration retryAfter) {
        Objects.requireNonNull(refused.get(limit)).increment();
        return new Answer.Refused(limit, retryAfter);
    }

    /// A request that had begun is over.
    ///
    /// @param prompt tokens that its answer told of; 0 if it told nothing
    /// @param completion the same
    void ended(long prompt, long completion) {
        inFlight.decrementAndGet();
        if (prompt + completion > 0) {
            promptTokens.add(prompt);
            completionTokens.add(completion);
            allowance.updateAndGet(left -> left.withoutTokens(prompt + completion));
        }
    }

    KeyStatistics statistics() {
        var refusals = new TreeMap<KeyLimit, Long>();
        refused.forEach((limit, count) -> refusals.put(limit, count.sum()));
        return new KeyStatistics(
                name, inFlight.get(), requests.sum(), promptTokens.sum(), completionTokens.sum(), refusals);
    }
}
