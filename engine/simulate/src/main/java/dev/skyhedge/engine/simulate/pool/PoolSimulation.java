package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Claim;
import dev.skyhedge.engine.pool.Division;
import dev.skyhedge.engine.pool.Movement;
import dev.skyhedge.engine.pool.Movement.GivenBack;
import dev.skyhedge.engine.pool.Movement.Left;
import dev.skyhedge.engine.pool.Movement.Passed;
import dev.skyhedge.engine.pool.Movement.PutToUse;
import dev.skyhedge.engine.pool.Movement.Rented;
import dev.skyhedge.engine.pool.Pool;
import dev.skyhedge.engine.pool.PoolArbiter;
import java.util.List;

/// A pool on a virtual clock. In each step the tenants say what they want and the pool is divided;
/// a machine that is rented comes later, one that gives way comes after its grace, what is idle is
/// there at once. Who gives way stops working at once, which is the worst that it can do. Pure;
/// used once.
public final class PoolSimulation {
    private static final double SECONDS_PER_HOUR = 3600;

    private final Pool empty;
    private final double stepSeconds;
    private final List<Tenant> tenants;
    private final Holdings holdings = new Holdings();
    private List<Claim> settled = List.of();
    private int machines;
    /// When the machine that was rented last is there.
    private double allThere;
    private long passed;
    private long stepsBelowFloor;
    private double machineSeconds;

    /// @param pool with its limits and its price; nothing is rented at first
    /// @param step in seconds, in which everybody is asked once
    public PoolSimulation(Pool pool, double step, List<? extends Tenant> tenants) {
        this.empty = pool.withRented(0);
        this.stepSeconds = step;
        this.tenants = List.copyOf(tenants);
    }

    /// Runs for so many seconds.
    public PoolOutcome run(double seconds) {
        long steps = Math.round(seconds / stepSeconds);
        for (long step = 0; step < steps; step++) {
            double now = step * stepSeconds;
            List<Claim> claims = tenants.stream()
                    .flatMap(tenant -> tenant.claims(now, holdings).stream())
                    .toList();
            // Asked again with what it has given, the arbiter moves nothing.
            if (!claims.equals(settled)) {
                divide(claims, now);
            }
            for (Tenant tenant : tenants) {
                tenant.work(now, stepSeconds, holdings);
            }
            stepsBelowFloor += isSomebodyBelowItsFloor() ? 1 : 0;
            machineSeconds += machines * stepSeconds;
        }
        double hours = machineSeconds / SECONDS_PER_HOUR;
        return new PoolOutcome(hours, hours * empty.price().usd().doubleValue(), passed, stepsBelowFloor);
    }

    private void divide(List<Claim> claims, double now) {
        Division division = PoolArbiter.divide(empty.withRented(machines), claims);
        division.movements().forEach(movement -> move(movement, now));
        machines = division.machines();
        settled = claims.stream()
                .map(claim -> claim.withHeld(division.of(claim.name())))
                .toList();
    }

    private void move(Movement movement, double now) {
        switch (movement) {
            case Rented rented -> {
                allThere = now + empty.renting().toSeconds();
                holdings.add(rented.to(), rented.shares(), allThere);
            }
            case PutToUse used -> holdings.add(used.to(), used.shares(), Math.max(now, allThere));
            case Passed one -> {
                double there = holdings.remove(one.from(), one.shares());
                holdings.add(
                        one.to(),
                        one.shares(),
                        Math.max(there, now + one.within().toSeconds()));
                passed++;
            }
            case Left left -> holdings.remove(left.from(), left.shares());
            case GivenBack _ -> {}
        }
    }

    private boolean isSomebodyBelowItsFloor() {
        boolean below = settled.stream().anyMatch(claim -> !claim.nature().givesWay() && claim.held() < claim.floor());
        return below && settled.stream().anyMatch(claim -> claim.nature().givesWay() && claim.held() > 0);
    }
}
