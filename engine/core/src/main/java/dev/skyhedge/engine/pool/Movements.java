package dev.skyhedge.engine.pool;

import dev.skyhedge.engine.pool.Movement.GivenBack;
import dev.skyhedge.engine.pool.Movement.Left;
import dev.skyhedge.engine.pool.Movement.Passed;
import dev.skyhedge.engine.pool.Movement.PutToUse;
import dev.skyhedge.engine.pool.Movement.Rented;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The fewest movements from what is held to what is given: who gains most importantly has what is
/// idle first, then what others leave, then what is taken from the least important, and last what
/// is rented.
final class Movements {
    private final Pool pool;
    private final int machines;
    private final List<Movement> all = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private int idle;

    /// What somebody has to give, or leaves.
    private static final class Loss {
        private final Claim claim;
        private final boolean willing;
        private int shares;

        Loss(Claim claim, int given) {
            this.claim = claim;
            this.willing = given >= Math.min(claim.wanted(), claim.held());
            this.shares = claim.held() - given;
        }
    }

    Movements(Pool pool, int machines, List<Claim> claims, Map<String, Integer> given) {
        this.pool = pool;
        this.machines = machines;
        idle = pool.rented() * Pool.SHARES
                - claims.stream().mapToInt(Claim::held).sum();
        for (Claim claim : claims) {
            int has = given.getOrDefault(claim.name(), 0);
            if (has < claim.held()) {
                losses.add(new Loss(claim, has));
            }
        }
        losses.sort(Comparator.<Loss, Boolean>comparing(loss -> !loss.willing)
                .thenComparing(loss -> last(loss.claim, loss.claim.held()), Part.IMPORTANCE.reversed())
                .thenComparing(loss -> loss.claim.name()));
        claims.stream()
                .flatMap(claim -> gains(claim, given.getOrDefault(claim.name(), 0)).stream())
                .sorted(Comparator.comparing(Gain::part, Part.IMPORTANCE))
                .forEach(this::serve);
    }

    /// What somebody has more of a part.
    private record Gain(Part part, int shares) {}

    private static List<Gain> gains(Claim claim, int given) {
        return Part.of(claim).stream()
                .map(part -> new Gain(part, part.within(given) - part.within(claim.held())))
                .filter(gain -> gain.shares() > 0)
                .toList();
    }

    /// The part that the last of so many shares is of.
    private static Part last(Claim claim, int shares) {
        List<Part> parts = Part.of(claim);
        return parts.stream().filter(part -> shares <= part.until()).findFirst().orElse(parts.getLast());
    }

    List<Movement> all() {
        for (Loss loss : losses) {
            if (loss.shares > 0) {
                all.add(new Left(
                        loss.claim.name(),
                        loss.shares,
                        loss.claim.grace(),
                        pool.priceOf(loss.shares),
                        loss.claim.name()
                                + (loss.willing ? " wants it no more" : " finds no room any more: " + pool.limit())));
            }
        }
        if (machines < pool.rented()) {
            int shares = (pool.rented() - machines) * Pool.SHARES;
            String reason = pool.rented() > pool.mostMachines() ? pool.limit() : "nobody wants it for its price";
            all.add(new GivenBack(shares, pool.priceOf(shares), reason));
        }
        return List.copyOf(all);
    }

    private void serve(Gain gain) {
        String to = gain.part().claim().name();
        String wanted = to + " " + gain.part().precedence().reason();
        int open = gain.shares();
        int fromIdle = Math.min(open, idle);
        if (fromIdle > 0) {
            idle -= fromIdle;
            open -= fromIdle;
            all.add(new PutToUse(to, fromIdle, pool.priceOf(fromIdle), wanted));
        }
        for (Loss loss : losses) {
            int passed = Math.min(open, loss.shares);
            if (passed > 0) {
                loss.shares -= passed;
                open -= passed;
                String how = loss.willing ? " wants it no more" : " gives way";
                all.add(new Passed(
                        loss.claim.name(),
                        to,
                        passed,
                        loss.claim.grace(),
                        pool.priceOf(passed),
                        wanted + "; " + loss.claim.name() + how));
            }
        }
        if (open > 0) {
            all.add(new Rented(to, open, pool.priceOf(open), wanted + "; nothing is idle"));
        }
    }
}
