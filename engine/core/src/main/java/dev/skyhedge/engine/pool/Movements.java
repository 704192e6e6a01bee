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

/// The movements from what is held to what is given. Who gains most importantly has what is idle
/// first, then what others leave, then what is taken from the least important, and last what is
/// rented. Of who serves nothing is to be waited for that background work can give sooner: that
/// passes what it has, and has what is rented instead. Beyond that there are no more movements than
/// have to be.
final class Movements {
    private final Pool pool;
    private final int machines;
    private final List<Movement> all = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    /// What background work has, and may have to exchange; the least important first.
    private final List<Exchange> exchanges = new ArrayList<>();
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

    /// What background work has beyond its floor and goes on having, and may get anew instead: which of it is kept
    /// only for a while makes no difference to whoever would wait.
    private static final class Exchange {
        private final Part part;
        private int shares;
        private int owed;

        Exchange(Part part, int given) {
            this.part = part;
            this.shares = Math.max(
                    0, Math.min(part.claim().held(), given) - part.claim().floor());
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
            Part.of(claim).stream()
                    .filter(part -> part.precedence() == Precedence.BACKGROUND)
                    .filter(_ -> claim.grace().compareTo(pool.renting()) < 0)
                    .forEach(part -> exchanges.add(new Exchange(part, has)));
        }
        exchanges.sort(Comparator.<Exchange, Part>comparing(one -> one.part, Part.IMPORTANCE.reversed())
                .thenComparing(one -> one.part.claim().name()));
        losses.sort(Comparator.<Loss, Boolean>comparing(loss -> !loss.willing)
                .thenComparing(loss -> last(loss.claim, loss.claim.held()), Part.IMPORTANCE.reversed())
                .thenComparing(loss -> loss.claim.name()));
        claims.stream()
                .flatMap(claim -> gains(claim, given.getOrDefault(claim.name(), 0)).stream())
                .sorted(Comparator.comparing(Gain::part, Part.IMPORTANCE))
                .forEach(this::serve);
        for (Exchange exchange : exchanges) {
            String name = exchange.part.claim().name();
            rent(name, exchange.owed, name + " has it for what it gave");
        }
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
                pass(loss.claim, to, passed, wanted + "; " + loss.claim.name() + how);
            }
        }
        if (!gain.part().claim().nature().givesWay() && gain.part().precedence() != Precedence.KEPT) {
            open -= exchanged(gain.part().claim(), open, wanted);
        }
        rent(to, open, wanted + "; nothing is idle");
    }

    /// How much of it background work passes, which has something else rented.
    private int exchanged(Claim to, int shares, String wanted) {
        int passed = 0;
        for (Exchange exchange : exchanges) {
            Claim from = exchange.part.claim();
            int most = Math.min(shares - passed, exchange.shares);
            int more = most - most % Math.max(to.unit(), from.unit());
            if (more > 0) {
                exchange.shares -= more;
                exchange.owed += more;
                passed += more;
                pass(from, to.name(), more, wanted + "; " + from.name() + " gives way, and has another rented");
            }
        }
        return passed;
    }

    private void pass(Claim from, String to, int shares, String reason) {
        all.add(new Passed(from.name(), to, shares, from.grace(), pool.priceOf(shares), reason));
    }

    private void rent(String to, int shares, String reason) {
        if (shares > 0) {
            all.add(new Rented(to, shares, pool.priceOf(shares), reason));
        }
    }
}
