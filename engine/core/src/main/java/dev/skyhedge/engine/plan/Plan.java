package dev.skyhedge.engine.plan;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the planner decided.
///
/// @param at the instant of the world it was made for
/// @param lineage of the state it was made for
/// @param serial of the state it was made for
/// @param actions in the order in which they are to be started
/// @param services a summary of each service, in the order of the spec, removed ones last
/// @param learnt zone health that planning changed
/// @param problems why the plan must not be applied; empty if it may
/// @param budget how the budget stands, if there is one
/// @param wakeAt when planning again may decide otherwise although nothing was observed in between
public record Plan(
        Instant at,
        String lineage,
        long serial,
        List<Action> actions,
        List<WorkloadSummary> services,
        List<ZoneHealth> learnt,
        List<Problem> problems,
        Optional<BudgetStanding> budget,
        Optional<Instant> wakeAt) {
    public Plan {
        actions = List.copyOf(actions);
        services = List.copyOf(services);
        learnt = List.copyOf(learnt);
        problems = List.copyOf(problems);
    }

    /// Without a budget.
    public Plan(
            Instant at,
            String lineage,
            long serial,
            List<Action> actions,
            List<WorkloadSummary> services,
            List<ZoneHealth> learnt,
            List<Problem> problems,
            Optional<Instant> wakeAt) {
        this(at, lineage, serial, actions, services, learnt, problems, Optional.empty(), wakeAt);
    }

    /// The same plan within a budget.
    ///
    /// @param wake when planning again may decide otherwise because of it
    public Plan within(BudgetStanding standing, Optional<Instant> wake) {
        Optional<Instant> earliest =
                Stream.of(wakeAt, wake).flatMap(Optional::stream).min(Comparator.naturalOrder());
        return new Plan(at, lineage, serial, actions, services, learnt, problems, Optional.of(standing), earliest);
    }

    /// A plan to do nothing in this world.
    public static Plan nothing(World world) {
        return new Plan(
                world.now(),
                world.lineage(),
                world.serial(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /// Whether it may be applied.
    public boolean isApplicable() {
        return problems.isEmpty();
    }

    /// Whether there is nothing to do, not even to remember.
    public boolean isEmpty() {
        return actions.isEmpty() && learnt.isEmpty();
    }

    /// Whether it changes anything that a user would call a change.
    public boolean hasChanges() {
        return actions.stream().anyMatch(action -> switch (action) {
            case Action.PutWorkload put -> put.isVisible();
            case Action.RemoveWorkload _,
                    Action.Launch _,
                    Action.Drain _,
                    Action.Terminate _,
                    Action.MoveService _,
                    Action.Adopt _,
                    Action.Forget _,
                    Action.Later _ -> true;
        });
    }

    /// What all of its services cost together.
    public Cost cost() {
        return services.stream().map(WorkloadSummary::cost).reduce(Cost.ZERO, Cost::plus);
    }

    /// Whether some service is not yet what the spec asks for.
    public boolean isUnfinished() {
        return services.stream().anyMatch(WorkloadSummary::isUnfinished);
    }

    /// Something that forbids applying the plan.
    ///
    /// @param service name of the service concerned
    /// @param summary a few words
    /// @param detail what to do about it
    public record Problem(String service, String summary, String detail) {}

    /// One service at a glance.
    ///
    /// @param service its name
    /// @param wanted replicas wanted
    /// @param wantedBecause why that many
    /// @param spotTarget spot replicas that there are to be, spares included
    /// @param onDemandTarget on-demand replicas that there are to be now
    /// @param serving replicas that take traffic now
    /// @param missing how many more have to serve: replicas on some machines do not stand in for those on others
    /// @param outdated replicas that serve, or are on their way to, and are still to be replaced
    /// @param cost what it costs
    /// @param notes what a user should know: blocked launches, stopped roll-outs
    /// @param hopeless why waiting does not bring what is missing; a human has to change something
    public record WorkloadSummary(
            String service,
            int wanted,
            String wantedBecause,
            int spotTarget,
            int onDemandTarget,
            int serving,
            int missing,
            int outdated,
            Cost cost,
            List<String> notes,
            List<String> hopeless) {
        public WorkloadSummary {
            notes = List.copyOf(notes);
            hopeless = List.copyOf(hopeless);
        }

        /// Of a service for which waiting is worth while.
        public WorkloadSummary(
                String service,
                int wanted,
                String wantedBecause,
                int spotTarget,
                int onDemandTarget,
                int serving,
                Cost cost,
                List<String> notes) {
            this(
                    service,
                    wanted,
                    wantedBecause,
                    spotTarget,
                    onDemandTarget,
                    serving,
                    Math.max(0, wanted - serving),
                    0,
                    cost,
                    notes,
                    List.of());
        }

        /// Whether the service is not yet what the spec asks for, whether or not anything can be done about it now.
        public boolean isUnfinished() {
            return missing > 0 || outdated > 0;
        }
    }

    /// What a service costs.
    ///
    /// @param now with the plan just applied
    /// @param settled once spot replicas are ready and nothing stands in for them
    /// @param allOnDemand if every wanted replica were on-demand, in the cheapest place
    public record Cost(HourlyPrice now, HourlyPrice settled, HourlyPrice allOnDemand) {
        public static final Cost ZERO = new Cost(HourlyPrice.ZERO, HourlyPrice.ZERO, HourlyPrice.ZERO);

        public Cost plus(Cost other) {
            return new Cost(now.plus(other.now), settled.plus(other.settled), allOnDemand.plus(other.allOnDemand));
        }
    }
}
