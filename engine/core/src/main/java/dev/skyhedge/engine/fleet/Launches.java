package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.engine.placement.PlacementDecision;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Awaited;
import dev.skyhedge.engine.plan.World;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/// The launches of one workload in one plan: what a placement chose, as far as quotas and pauses after refusals leave
/// room.
public final class Launches implements Arbiter.Claims {
    private final Purpose purpose;
    private final World world;
    private final LaunchLimits limits;
    private final Slots slots;
    private final List<ZoneHealth> learnt;
    private final Consumer<Action> actions;

    private final Deque<PlacementDecision.Choice> wanted;
    private final List<Offer> launched = new ArrayList<>();
    private final List<Closed> held = new ArrayList<>();
    private int belowFloor;
    private int granted;

    /// What all of them are for.
    ///
    /// @param workload its name
    /// @param version what they run
    /// @param isProtected whether it must not be lost
    /// @param belowFloor how many it has less than it is to have at least
    /// @param after names of workloads that have to serve first
    /// @param reasons what a launch under this name is for beside its place, if there is more to say
    public record Purpose(
            String workload,
            String version,
            boolean isProtected,
            int belowFloor,
            List<String> after,
            Function<String, Optional<String>> reasons) {}

    /// @param wanted in the order in which they are wanted
    /// @param learnt of zones, by the decision that wants them
    /// @param slots names for them
    public Launches(
            Purpose purpose,
            World world,
            LaunchLimits limits,
            List<PlacementDecision.Choice> wanted,
            List<ZoneHealth> learnt,
            Slots slots,
            Consumer<Action> actions) {
        this.purpose = purpose;
        this.world = world;
        this.limits = limits;
        this.wanted = new ArrayDeque<>(wanted);
        this.learnt = learnt;
        this.slots = slots;
        this.belowFloor = purpose.belowFloor();
        this.actions = actions;
    }

    @Override
    public boolean hasNext() {
        return !wanted.isEmpty();
    }

    @Override
    public Arbiter.Precedence next() {
        return precedence(purpose.isProtected(), belowFloor);
    }

    /// How many launches were asked for so far, whether or not there was room.
    int granted() {
        return granted;
    }

    /// Whether the next launch is of a replica beyond those that are to serve.
    boolean nextIsSpare() {
        return wanted.getFirst().role() == PlacementDecision.Role.SPARE;
    }

    /// What a launch is for of a workload that has to have so many more.
    public static Arbiter.Precedence precedence(boolean isProtected, int belowFloor) {
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
        granted++;
        Optional<Closed> closed = limits.take(choice.offer(), learnt, precedence);
        if (closed.isPresent()) {
            // The next plan sees it closed, and places what is missing elsewhere.
            held.add(closed.orElseThrow());
            return;
        }
        launched.add(choice.offer());
        Action launch = launch(choice, slots.take());
        actions.accept(
                purpose.after().isEmpty() ? launch : new Action.Later(launch, new Awaited.Serving(purpose.after())));
    }

    /// Says what a user should know of all this, and when those that wait are worth another try.
    public void report(Consumer<String> notes, Consumer<Instant> wakes) {
        PriceAge.warnings(launched, world.supply(), world.now()).forEach(notes);
        LaunchLimits.reopens(held).ifPresent(wakes);
        if (!held.isEmpty()) {
            notes.accept(held.size() + (held.size() == 1 ? " launch waits" : " launches wait") + ": "
                    + held.stream().map(Closed::reason).distinct().collect(Collectors.joining("; ")));
        }
    }

    private Action launch(PlacementDecision.Choice choice, Slots.Slot slot) {
        return new Action.Launch(
                purpose.workload(),
                slot.name(),
                slot.generation(),
                purpose.version(),
                choice.offer(),
                LaunchTokens.derive(world.lineage(), slot.name(), slot.generation(), choice.offer(), purpose.version()),
                choice.role().name().toLowerCase(Locale.ROOT),
                slot.failures(),
                reason(choice, slot));
    }

    private String reason(PlacementDecision.Choice choice, Slots.Slot slot) {
        String why = purpose.reasons()
                .apply(slot.name())
                .map(because -> choice.reason() + "; " + because)
                .orElse(choice.reason());
        return slot.failures() == 0 ? why : why + "; attempt " + (slot.failures() + 1) + " after failures";
    }
}
