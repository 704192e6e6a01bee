package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Launches what a placement chose, as far as an update, quotas and pauses after refusals leave room.
final class Launches {
    private final Declaration declared;
    private final RollOut rollOut;
    private final ServiceOrders orders;
    private final World world;
    private final LaunchLimits limits;
    private final Consumer<Action> actions;
    private final Consumer<String> notes;
    private final Consumer<Instant> wakes;

    Launches(
            Declaration declared,
            RollOut rollOut,
            ServiceOrders orders,
            World world,
            LaunchLimits limits,
            Consumer<Action> actions,
            Consumer<String> notes,
            Consumer<Instant> wakes) {
        this.declared = declared;
        this.rollOut = rollOut;
        this.orders = orders;
        this.world = world;
        this.limits = limits;
        this.actions = actions;
        this.notes = notes;
        this.wakes = wakes;
    }

    /// @param notReady names of services that a launch waits for
    void launch(PlacementDecision decision, Slots slots, Headroom headroom, List<String> notReady) {
        List<Offer> launched = new ArrayList<>();
        List<Closed> held = new ArrayList<>();
        if (!rollOut.launchable()) {
            return;
        }
        for (PlacementDecision.Choice choice : decision.choices()) {
            if (!headroom.take(choice.offer().market())) {
                continue;
            }
            Optional<Closed> closed = limits.take(choice.offer(), decision.learnt());
            if (closed.isPresent()) {
                // The next plan sees it closed, and places what is missing elsewhere.
                held.add(closed.orElseThrow());
                continue;
            }
            launched.add(choice.offer());
            Action launch = launch(choice, slots.take());
            actions.accept(notReady.isEmpty() ? launch : new Action.Later(launch, new Awaited.Serving(notReady)));
        }
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
