package dev.skyhedge.balancer.policy;

import java.util.concurrent.atomic.AtomicInteger;

/// A policy at work on the replicas of one routing table. It opens no socket and knows no clock: the same
/// choices in the same order have the same results, so that a simulation can be driven by the very policies
/// that serve. Thread-safe.
public final class Chooser {
    /// Of a request that belongs to no session.
    public static final long NO_SESSION = 0;

    private final Policy policy;
    private final int[] sequence;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param weights of the replicas by index, above 0
    public Chooser(Policy policy, double[] weights) {
        this.policy = policy;
        this.sequence = policy == Policy.ROUND_ROBIN ? RoundRobin.sequence(weights) : new int[0];
    }

    /// Chooses a candidate for a request that belongs to no session.
    ///
    /// @return its index, or -1 if none is eligible
    public int choose(Candidates candidates) {
        return choose(candidates, NO_SESSION);
    }

    /// Chooses a candidate for a request whose prompt is known.
    ///
    /// @param session as for [#choose(Candidates, long)], which the other policies go by
    /// @param hits of the prompt
    /// @param blocks of the prompt
    /// @param tokens of the whole prompt, about
    /// @return its index, or -1 if none is eligible
    public int choose(PrefixAffinity.Targets targets, long session, PrefixIndex.Hits hits, int blocks, double tokens) {
        return policy.readsPrompts()
                ? PrefixAffinity.choose(targets, hits, blocks, tokens, Mix.of(turn.getAndIncrement()))
                : choose(targets, session);
    }

    /// Chooses a candidate for a request whose size is known.
    ///
    /// @param session as for [#choose(Candidates, long)], which the other policies go by
    /// @return its index, or -1 if none is eligible
    public int choose(TokenWeighted.Targets targets, long session) {
        return switch (policy) {
            case TOKEN_WEIGHTED -> TokenWeighted.choose(targets, Mix.of(turn.getAndIncrement()));
            case MELANGE -> TokenWeighted.melange(targets, Mix.of(turn.getAndIncrement()));
            case LEAST_LOAD, PREFIX_AFFINITY, ROUND_ROBIN, POWER_OF_TWO, SESSION, STRICT_SESSION ->
                choose((Candidates) targets, session);
        };
    }

    /// Chooses a candidate for a request of whose prompt nothing is known.
    ///
    /// @param session a hash of what names the session, or [#NO_SESSION]
    /// @return its index, or -1 if none is eligible
    public int choose(Candidates candidates, long session) {
        return switch (policy) {
            case LEAST_LOAD, PREFIX_AFFINITY, TOKEN_WEIGHTED, MELANGE -> leastLoad(candidates);
            case ROUND_ROBIN -> takeTurns(candidates);
            case POWER_OF_TWO -> PowerOfTwo.choose(candidates, Mix.of(turn.getAndIncrement()));
            case SESSION, STRICT_SESSION ->
                session == NO_SESSION
                        ? leastLoad(candidates)
                        : Sessions.choose(candidates, session, policy == Policy.STRICT_SESSION);
        };
    }

    private int leastLoad(Candidates candidates) {
        return LeastLoad.choose(candidates, turn.getAndIncrement());
    }

    /// The next one that takes its turn; after a whole cycle the last one that was asked.
    private int takeTurns(Candidates candidates) {
        int index = -1;
        for (int asked = 0; asked < sequence.length; asked++) {
            index = RoundRobin.choose(candidates, sequence, turn.getAndIncrement());
            if (index < 0 || candidates.takesTurn(index)) {
                return index;
            }
        }
        return index;
    }
}
