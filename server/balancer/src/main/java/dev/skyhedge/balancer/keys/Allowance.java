package dev.skyhedge.balancer.keys;

import java.time.Duration;
import java.util.OptionalInt;

/// What a key may still take: requests and tokens, each refilled evenly up to a minute's worth. Tokens are known only
/// when an answer ends, so they may be owed. Immutable and pure; time is that of [System#nanoTime()].
///
/// @param limits what a minute's worth is
/// @param requests left
/// @param tokens left; below 0 if more was used than there was
/// @param at when that was so
record Allowance(ClientKey.Limits limits, double requests, double tokens, long at) {
    private static final double NANOS_PER_MINUTE = 60e9;
    /// Who comes back when told is not refused for what sums of parts lack.
    private static final double ROUNDING = 1e-6;

    /// A minute's worth of each.
    static Allowance full(ClientKey.Limits limits, long now) {
        return new Allowance(limits, worth(limits.requestsPerMinute()), worth(limits.tokensPerMinute()), now);
    }

    private static double worth(OptionalInt perMinute) {
        return perMinute.orElse(0);
    }

    /// The same at a later time.
    Allowance at(long now) {
        double minutes = Math.max(0, now - at) / NANOS_PER_MINUTE;
        return new Allowance(
                limits,
                refilled(requests, limits.requestsPerMinute(), minutes),
                refilled(tokens, limits.tokensPerMinute(), minutes),
                Math.max(at, now));
    }

    private static double refilled(double left, OptionalInt perMinute, double minutes) {
        return Math.min(worth(perMinute), left + worth(perMinute) * minutes);
    }

    /// The same with other limits. What was not limited before starts with a minute's worth; what is owed stays so.
    Allowance with(ClientKey.Limits newer, long now) {
        Allowance left = at(now);
        return new Allowance(
                        newer,
                        limits.requestsPerMinute().isEmpty() ? worth(newer.requestsPerMinute()) : left.requests,
                        limits.tokensPerMinute().isEmpty() ? worth(newer.tokensPerMinute()) : left.tokens,
                        left.at)
                .at(now);
    }

    Allowance withoutRequest() {
        return new Allowance(limits, requests - 1, tokens, at);
    }

    Allowance withoutTokens(long used) {
        return new Allowance(limits, requests, tokens - used, at);
    }

    /// How long until a request is left; zero if one is.
    Duration untilRequest() {
        return until(1 - requests, limits.requestsPerMinute());
    }

    /// How long until a token is left; zero if one is.
    Duration untilToken() {
        return until(1 - tokens, limits.tokensPerMinute());
    }

    private static Duration until(double lacking, OptionalInt perMinute) {
        return perMinute.isEmpty() || lacking <= ROUNDING
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(lacking / perMinute.getAsInt() * NANOS_PER_MINUTE));
    }
}
