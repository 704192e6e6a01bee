package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The launches of one service in one plan: what a placement chose, as far as an update, quotas and pauses after
/// refusals leave room.
final class Launches implements Arbiter.Claims {
    private final Declaration declared;
    private final RollOut rollOut;
    private final ServiceOrders orders;
    private final World world;
    private final LaunchLimits limits;
    private final Consumer<Action> actions;

    private final Slots slots;
    private final List<ZoneHealth> learnt;
    private final List<String> notReady;
    private final Deque<PlacementDecision.Choice> wanted = new ArrayDeque<>();
    private final List<Offer> launched = new ArrayList<>();
    private final List<Closed> held = new ArrayList<>();
    private int belowFloor;

    /// @param slots names for them
    /// @param belowFloor how many replicas the service has less than it is to have at least
    /// @param notReady names of services that a launch waits for
    Launches(
            Declaration declared,
            RollOut rollOut,
            ServiceOrders orders,
            World world,
            LaunchLimits limits,
            PlacementDecision decision,
            Headroom headroom,
            Slots slots,
            int belowFloor,
            List<String> notReady,
            Consumer<Action> actions) {
        this.declared = declared;
        this.rollOut = rollOut;
        this.orders = orders;
        this.world = world;
        this.limits = limits;
        this.slots = slots;
        this.learnt = decision.learnt();
        this.belowFloor = belowFloor;
        this.notReady = notReady;
        this.actions = actions;
        if (rollOut.launchable()) {
            decision.choices().stream()
                    .filter(choice -> headroom.take(choice.offer().market()))
                    .forEach(wanted::add);
        }
    }

    @Override
    public boolean hasNext() {
        return !wanted.isEmpty();
    }

    @Override
    public Arbiter.Precedence next() {
        return precedence(declared.spec().protect(), belowFloor);
    }

    /// What a launch is for of a service that has to have so many more.
    static Arbiter.Precedence precedence(boolean isProtected, int belowFloor) {
        if (isProtected) {
            return Arbiter.Precedence.PROTECTED;
        }
        return belowFloor > 0 ? Arbiter.Precedence.FLOOR : Arbiter.Precedence.REST;
    }

    @Override
    public HourlyPrice nextPrice() {
        return wanted.getFirst().offer().price();
    }

    @Override
    public void grantNext() {
        Arbiter.Precedence precedence = next();
        PlacementDecision.Choice choice = wanted.removeFirst();
        belowFloor--;
        Optional<Closed> closed = limits.take(choice.offer(), learnt, precedence);
        if (closed.isPresent()) {
            // The next plan sees it closed, and places what is missing elsewhere.
            held.add(closed.orElseThrow());
            return;
        }
        launched.add(choice.offer());
        Action launch = launch(choice, slots.take());
        actions.accept(notReady.isEmpty() ? launch : new Action.Later(launch, new Awaited.Serving(notReady)));
    }

    /// Says what a user should know of all this, and when those that wait are worth another try.
    void report(Consumer<String> notes, Consumer<Instant> wakes) {
        PriceAge.warnings(launched, world.supply(), world.now()).forEach(notes);
        LaunchLimits.reopens(held).ifPresent(wakes);
        if (!held.isEmpty()) {
            notes.accept(held.size() + (held.size() == 1 ? " launch waits" : " launches wait") + ": "
                    + held.stream().map(Closed::reason).distinct().collect(Collectors.joining("; ")));
        }
    }

    private Action launch(PlacementDecision.Choice choice, Slots.Slot slot) {
        return new Action.Launch(
                declared.spec().name(),
                slot.name(),
                slot.generation(),
                rollOut.launchVersion(),
                choice.offer(),
                LaunchTokens.derive(
                        world.lineage(), slot.name(), slot.generation(), choice.offer(), rollOut.launchVersion()),
                choice.role().name().toLowerCase(Locale.ROOT),
                slot.failures(),
                reason(choice, slot));
    }

    private String reason(PlacementDecision.Choice choice, Slots.Slot slot) {
        String why = orders.launchedBecause(
                        slot.name(), world.replicasOf(declared.spec().name()))
                .map(because -> choice.reason() + "; " + because)
                .orElse(choice.reason());
        return slot.failures() == 0 ? why : why + "; attempt " + (slot.failures() + 1) + " after failures";
    }
}
