package dev.skyhedge.engine.plan;

import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.spi.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Launches what a placement chose, as far as an update and the account's quotas leave room.
final class Launches {
    private final Declaration declared;
    private final RollOut rollOut;
    private final World world;
    private final QuotaRoom quotas;
    private final Consumer<Action> actions;
    private final Consumer<String> notes;

    Launches(
            Declaration declared,
            RollOut rollOut,
            World world,
            QuotaRoom quotas,
            Consumer<Action> actions,
            Consumer<String> notes) {
        this.declared = declared;
        this.rollOut = rollOut;
        this.world = world;
        this.quotas = quotas;
        this.actions = actions;
        this.notes = notes;
    }

    /// @param notReady names of services that a launch waits for
    void launch(PlacementDecision decision, Slots slots, Headroom headroom, List<String> notReady) {
        List<Offer> launched = new ArrayList<>();
        List<Offer> beyondQuota = new ArrayList<>();
        for (PlacementDecision.Choice choice : decision.choices()) {
            if (!headroom.take(choice.offer().market())) {
                continue;
            }
            if (!quotas.take(choice.offer())) {
                // The next plan sees the quota used up, and places what is missing elsewhere.
                beyondQuota.add(choice.offer());
                continue;
            }
            launched.add(choice.offer());
            Action launch = launch(choice, slots.take());
            actions.accept(notReady.isEmpty() ? launch : new Action.Later(launch, new Awaited.Serving(notReady)));
        }
        PriceAge.warnings(launched, world.supply(), world.now()).forEach(notes);
        if (!beyondQuota.isEmpty()) {
            notes.accept(beyondQuota.size() + (beyondQuota.size() == 1 ? " launch waits" : " launches wait") + ": "
                    + String.join("; ", quotas.shortages(beyondQuota)));
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

    private static String reason(PlacementDecision.Choice choice, Slots.Slot slot) {
        return slot.failures() == 0
                ? choice.reason()
                : choice.reason() + "; attempt " + (slot.failures() + 1) + " after failures";
    }
}
