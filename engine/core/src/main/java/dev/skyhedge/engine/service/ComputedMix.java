package dev.skyhedge.engine.service;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.AllocationSolver;
import dev.skyhedge.engine.accelerators.ExchangedMix;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Offer;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many replicas of which accelerator the allocation `mixed` comes to, and why. It follows
/// from the spec, the load and what is offered alone, so that the same world has the same mix.
///
/// If not everything can be served, it is the mix for as much of the rate as can be; what is
/// missing is said.
///
/// @param replicas of each accelerator that there are to be any of
/// @param reason of the number of replicas, a clause for people
/// @param whole the mix for all of the rate, if that is what it is
/// @param asked what it is for
/// @param hopeless what no mix serves, and what would have to change
record ComputedMix(
        SortedMap<Accelerator, Integer> replicas,
        String reason,
        Optional<Allocation> whole,
        MixProblem asked,
        List<String> hopeless) {
    /// How often the part of a rate that can be served is halved in on: to a thousandth.
    private static final int HALVINGS = 10;

    private static final AllocationSolver SOLVER = new ExchangedMix();

    ComputedMix {
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
        hopeless = List.copyOf(hopeless);
    }

    /// @param load that it is to serve
    /// @param offers that the service may launch
    /// @param running of each accelerator: what stays where nothing that serves is offered at all
    static ComputedMix of(
            AllocationSpec.Mixed mixed,
            PlannedLoad load,
            Collection<Offer> offers,
            SortedMap<Accelerator, Integer> running) {
        MixProblem asked = MixProblem.of(mixed, load, offers);
        var words = new MixWords(asked);
        SortedMap<Accelerator, Integer> demanded = demanded(asked);
        if (asked.problem().rates().perSecond().isEmpty()) {
            return new ComputedMix(
                    running,
                    "as it is: nothing is offered that serves its requests",
                    Optional.empty(),
                    asked,
                    words.unserved());
        }
        Allocation whole = SOLVER.solve(asked.problem(), Limits.PLAN);
        if (isEnough(whole, asked)) {
            return new ComputedMix(
                    whole.byAccelerator(), words.reason(whole, 1), Optional.of(whole), asked, words.unserved());
        }
        double part = 0;
        double step = 0.5;
        SortedMap<Accelerator, Integer> best = demanded;
        double usdPerHour = 0;
        for (int i = 0; i < HALVINGS; i++, step /= 2) {
            Allocation less = SOLVER.solve(asked.problem().atRate(part + step), Limits.PLAN);
            if (isEnough(less, asked)) {
                part += step;
                best = less.byAccelerator();
                usdPerHour = less.usdPerHour();
            }
        }
        return new ComputedMix(
                best, words.reason(best, part), Optional.empty(), asked, words.tooLittle(whole, part, usdPerHour));
    }

    private static boolean isEnough(Allocation mix, MixProblem asked) {
        return mix.servesAll()
                && mix.usdPerHour() <= asked.mixed().maxUsdPerHour().orElse(Double.POSITIVE_INFINITY) + 1e-9;
    }

    private static SortedMap<Accelerator, Integer> demanded(MixProblem asked) {
        SortedMap<Accelerator, Integer> demanded = new TreeMap<>();
        asked.problem().rentals().forEach((rental, terms) -> {
            if (terms.atLeast() > 0) {
                demanded.put(rental.accelerator(), terms.atLeast());
            }
        });
        return demanded;
    }

    /// The mix for another rate, as a whole.
    static Allocation at(Problem problem, double factor) {
        return SOLVER.solve(problem.atRate(factor), Limits.PLAN);
    }

    /// What the mix is compared with, for people. It takes a few more mixes to say.
    List<String> why() {
        return whole.map(new MixWords(asked)::notes).orElse(List.of());
    }

    int total() {
        return replicas.values().stream().mapToInt(Integer::intValue).sum();
    }
}
