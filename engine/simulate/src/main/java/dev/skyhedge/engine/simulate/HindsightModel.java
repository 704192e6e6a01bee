package dev.skyhedge.engine.simulate;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The linear or mixed-integer program of [OmniscientBound].
///
/// For each place and tick: replicas `held`, and those that `start`; what was held and not started in the last
/// `coldStartTicks` ticks is ready. (Nobody who sees the future starts a replica that ends before it is ready,
/// so that is the same as what was held throughout these ticks.) Zones of the same capacity are one zone with
/// as much more room, and ticks without room have no variables. On-demand is a place with all the room.
final class HindsightModel implements AutoCloseable {
    private static final double INTEGRALITY_TOLERANCE = 1e-6;

    private final PaperProtocol protocol;
    private final MPSolver solver;
    private final List<MPVariable> whole = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<MPConstraint> demand = new ArrayList<>();
    private final List<MPVariable> missing = new ArrayList<>();
    private double shortfallPrice = 0;

    /// Variables of one place by tick; null where there is no room.
    private record Place(double price, @Nullable MPVariable[] held) {}

    /// Loads the solver's native code when the first model is made, not before.
    private static final class Natives {
        static {
            Loader.loadNativeLibraries();
        }

        static MPSolver solver(String name) {
            MPSolver solver = MPSolver.createSolver(name);
            if (solver == null) {
                throw new IllegalStateException("OR-Tools has no " + name + " here");
            }
            return solver;
        }
    }

    /// @param inWholeReplicas whether to solve it as a mixed-integer program
    /// @param shortfall price of a missing replica for a tick; empty if none may be missing
    HindsightModel(MarketWindow window, PaperProtocol protocol, boolean inWholeReplicas, OptionalDouble shortfall) {
        this.protocol = protocol;
        this.solver = Natives.solver(inWholeReplicas ? "CBC" : "CLP");
        solver.setTimeLimit(
                (inWholeReplicas ? OmniscientBound.MIXED_INTEGER_LIMIT : OmniscientBound.LINEAR_LIMIT).toMillis());
        solver.objective().setMinimization();
        for (int t = protocol.coldStartTicks(); t < protocol.ticks(); t++) {
            MPConstraint atLeast = solver.makeConstraint(protocol.target(), MPSolver.infinity());
            demand.add(atLeast);
            if (shortfall.isPresent()) {
                MPVariable lacking = solver.makeNumVar(0, protocol.target(), "");
                atLeast.setCoefficient(lacking, 1);
                missing.add(lacking);
            }
        }
        int most = protocol.target() + 1;
        capacities(window).forEach((capacity, zones) -> {
            int[] room = new int[protocol.ticks()];
            for (int t = 0; t < room.length; t++) {
                room[t] = (int) Math.min(most, (long) capacity.at(t) * zones);
            }
            add(room, protocol.spotPrice());
        });
        add(Counts.constant(most, protocol.ticks()).stream().toArray(), protocol.onDemandPrice());
        if (inWholeReplicas) {
            whole.forEach(variable -> variable.setInteger(true));
        }
        shortfall.ifPresent(this::charge);
    }

    /// How many zones have each capacity.
    private static Map<Counts, Integer> capacities(MarketWindow window) {
        Map<Counts, Integer> zones = new LinkedHashMap<>();
        window.capacity().forEach(capacity -> zones.merge(capacity, 1, Integer::sum));
        return zones;
    }

    private void add(int[] room, double price) {
        @Nullable MPVariable[] held = new MPVariable[room.length];
        @Nullable MPVariable[] started = new MPVariable[room.length];
        MPObjective objective = solver.objective();
        for (int t = 0; t < room.length; t++) {
            if (room[t] == 0) {
                continue;
            }
            MPVariable holds = solver.makeNumVar(0, room[t], "");
            MPVariable starts = solver.makeNumVar(0, room[t], "");
            held[t] = holds;
            started[t] = starts;
            whole.add(holds);
            objective.setCoefficient(holds, price);
            // What is held was held before or starts now: held[t] - held[t-1] - started[t] <= 0.
            MPConstraint continuity = solver.makeConstraint(-MPSolver.infinity(), 0);
            continuity.setCoefficient(holds, 1);
            continuity.setCoefficient(starts, -1);
            MPVariable before = t == 0 ? null : held[t - 1];
            if (before != null) {
                continuity.setCoefficient(before, -1);
            }
            ready(t, held, started);
        }
        places.add(new Place(price, held));
    }

    /// What is held and did not start in the last ticks counts towards the demand, and is not negative.
    private void ready(int tick, @Nullable MPVariable[] held, @Nullable MPVariable[] started) {
        int first = tick - protocol.coldStartTicks();
        if (first < 0) {
            return;
        }
        for (int t = first; t <= tick; t++) {
            if (held[t] == null) {
                return;
            }
        }
        MPVariable ready = solver.makeNumVar(0, protocol.target(), "");
        MPConstraint counted = solver.makeConstraint(-MPSolver.infinity(), 0);
        counted.setCoefficient(ready, 1);
        MPVariable holds = held[tick];
        if (holds != null) {
            counted.setCoefficient(holds, -1);
        }
        for (int t = first + 1; t <= tick; t++) {
            MPVariable starts = started[t];
            if (starts != null) {
                counted.setCoefficient(starts, 1);
            }
        }
        demand.get(first).setCoefficient(ready, 1);
    }

    /// Sets the price of a missing replica for a tick.
    void charge(double price) {
        shortfallPrice = price;
        MPObjective objective = solver.objective();
        missing.forEach(variable -> objective.setCoefficient(variable, price));
    }

    MPSolver.ResultStatus solve() {
        return solver.solve();
    }

    boolean isIntegral() {
        for (MPVariable variable : whole) {
            double value = variable.solutionValue();
            if (Math.abs(value - Math.rint(value)) >= INTEGRALITY_TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    Bound bound(Bound.Method method) {
        double cost = 0;
        double[] spent = spent();
        for (int t = protocol.coldStartTicks(); t < protocol.ticks(); t++) {
            cost += spent[t];
        }
        double shortfall = 0;
        long lacking = 0;
        for (MPVariable variable : missing) {
            shortfall += variable.solutionValue();
            lacking += variable.solutionValue() > INTEGRALITY_TOLERANCE ? 1 : 0;
        }
        double judged = protocol.judgedTicks();
        return new Bound(
                solver.objective().value() - shortfallPrice * shortfall,
                cost,
                cost / protocol.onDemandCost(),
                1 - lacking / judged,
                shortfall / judged,
                method,
                isIntegral(),
                Spending.of(spent));
    }

    private double[] spent() {
        double[] spent = new double[protocol.ticks()];
        for (Place place : places) {
            for (int t = 0; t < spent.length; t++) {
                MPVariable held = place.held()[t];
                spent[t] += held == null ? 0 : place.price() * held.solutionValue();
            }
        }
        return spent;
    }

    @Override
    public void close() {
        solver.delete();
    }
}
