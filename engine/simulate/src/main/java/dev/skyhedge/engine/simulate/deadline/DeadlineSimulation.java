package dev.skyhedge.engine.simulate.deadline;

import dev.skyhedge.engine.deadline.DeadlinePolicy;
import dev.skyhedge.engine.deadline.Holding;
import dev.skyhedge.engine.deadline.JobTerms;
import dev.skyhedge.engine.deadline.JobView;
import dev.skyhedge.engine.deadline.Order;
import dev.skyhedge.engine.deadline.Transfer;
import dev.skyhedge.engine.deadline.ZoneHistory;
import dev.skyhedge.engine.deadline.ZoneHistory.Run;
import dev.skyhedge.engine.deadline.ZoneView;
import dev.skyhedge.engine.simulate.deadline.DeadlineOutcome.Event;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Runs a policy against a market, tick by tick. A launch bills from its tick on, whole ticks;
/// the restart is paid in running time before the job goes on; a loss costs nothing but that. A
/// launch that fails costs nothing, a probe that finds room is billed for a minute, and moved
/// checkpoints are charged once a move. Used once.
public final class DeadlineSimulation {
    private static final double PROBE_HOURS = 1 / 60.0;
    private static final double DONE = 1e-6;

    private final JobMarket market;
    private final JobTerms terms;
    private final DeadlinePolicy policy;
    private final List<ZoneHistory> histories = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Optional<Holding> held = Optional.empty();
    private OptionalInt checkpoint = OptionalInt.empty();
    private double workLeft;
    private double instances;
    private double probes;
    private double transfers;
    private double onDemandHours;
    private int launches;
    private int losses;
    private int tick;

    /// @param terms whose tick is the market's
    public DeadlineSimulation(JobMarket market, JobTerms terms, DeadlinePolicy policy) {
        this.market = market;
        this.terms = terms;
        this.policy = policy;
        this.workLeft = terms.workHours();
        market.zones().forEach(_ -> histories.add(ZoneHistory.NONE));
    }

    /// Runs until the work is done, or the deadline has passed.
    public DeadlineOutcome run() {
        int last = (int) Math.floor(terms.deadlineHours() / terms.tickHours() + DONE);
        for (tick = 0; tick < last && workLeft > DONE; tick++) {
            takeBack();
            obey();
            pass();
        }
        return new DeadlineOutcome(
                workLeft <= DONE, now(), instances, probes, transfers, launches, losses, onDemandHours, events);
    }

    private double now() {
        return tick * terms.tickHours();
    }

    private void takeBack() {
        if (held.isPresent()
                && held.get().isSpot()
                && !market.hasRoom(held.get().zone(), tick)) {
            see(held.get().zone(), false);
            losses++;
            happened("lost in " + name(held.get().zone()));
            giveBack(true);
        }
    }

    /// Each zone can be asked for an instance and probed once a tick.
    private void obey() {
        int limit = 2 * market.zones().size() + 2;
        for (int asked = 0; asked < limit; asked++) {
            if (carryOut(policy.next(view()))) {
                return;
            }
        }
        throw new IllegalStateException("The policy asks for the same again and again at " + now() + " h");
    }

    private boolean carryOut(Order order) {
        return switch (order) {
            case Order.Stay _ -> true;
            case Order.Wait(String reason) -> {
                held.ifPresent(holding -> happened("given back: " + reason));
                giveBack(false);
                yield true;
            }
            case Order.Probe probe -> {
                if (see(probe.zone(), market.hasRoom(probe.zone(), tick))) {
                    probes += market.spotPrice(probe.zone(), tick) * PROBE_HOURS;
                }
                yield false;
            }
            case Order.Launch(int zone, Market kind, String reason) -> {
                if (held.isPresent()) {
                    throw new IllegalStateException("A launch while an instance is held is a move");
                }
                yield launch(zone, kind, reason);
            }
            case Order.Move(int zone, Market kind, String reason) -> launch(zone, kind, reason);
        };
    }

    private boolean launch(int zone, Market kind, String reason) {
        if (kind == Market.SPOT && !see(zone, market.hasRoom(zone, tick))) {
            return false;
        }
        giveBack(false);
        Transfer transfer = checkpoint.isEmpty()
                ? Transfer.NONE
                : market.transfers().get(checkpoint.getAsInt()).get(zone);
        transfers += transfer.dollars();
        held = Optional.of(new Holding(zone, kind, now(), terms.restartHours() + transfer.hours()));
        checkpoint = OptionalInt.of(zone);
        launches++;
        happened(kind.word() + " in " + name(zone) + ": " + reason);
        return true;
    }

    private boolean see(int zone, boolean room) {
        histories.set(zone, histories.get(zone).seen(now(), room));
        return room;
    }

    private void giveBack(boolean lost) {
        held.filter(Holding::isSpot)
                .ifPresent(holding -> histories.set(
                        holding.zone(), histories.get(holding.zone()).ran(new Run(holding.sinceHours(), now(), lost))));
        held = Optional.empty();
    }

    private void pass() {
        if (held.isEmpty()) {
            return;
        }
        Holding holding = held.get();
        double hours = terms.tickHours();
        double price = holding.isSpot()
                ? market.spotPrice(holding.zone(), tick)
                : market.zones().get(holding.zone()).onDemandPrice();
        instances += price * hours;
        onDemandHours += holding.isSpot() ? 0 : hours;
        workLeft -= Math.max(0, hours - holding.overheadLeftHours());
        held = Optional.of(new Holding(
                holding.zone(),
                holding.market(),
                holding.sinceHours(),
                Math.max(0, holding.overheadLeftHours() - hours)));
    }

    private JobView view() {
        List<ZoneView> zones = new ArrayList<>();
        for (int zone = 0; zone < histories.size(); zone++) {
            JobMarket.Zone one = market.zones().get(zone);
            zones.add(new ZoneView(
                    one.location(), market.spotPrice(zone, tick), one.onDemandPrice(), histories.get(zone)));
        }
        return new JobView(terms, now(), workLeft, held, checkpoint, zones, market.transfers());
    }

    private String name(int zone) {
        return market.zones().get(zone).location().zone();
    }

    private void happened(String what) {
        events.add(new Event(now(), what));
    }
}
