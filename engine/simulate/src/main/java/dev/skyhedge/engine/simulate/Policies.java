package dev.skyhedge.engine.simulate;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.PlacementSpec.SpotHedge.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The policies that can be compared, by name.
public final class Policies {
    /// The one that others are measured by, beside the bound.
    public static final String REFERENCE = "spothedge_artifact";

    private static final String ALL = "all";

    private Policies() {}

    /// All of them with their defaults, except that the one that a spec declares has what is declared.
    static SequencedMap<String, PlacementSpec> all(PlacementSpec declared) {
        SequencedMap<String, PlacementSpec> policies = new LinkedHashMap<>();
        policies.put("skyhedge", PlacementSpec.Skyhedge.DEFAULT);
        policies.put("spothedge", PlacementSpec.SpotHedge.DEFAULT);
        policies.put(REFERENCE, new PlacementSpec.SpotHedge(Rule.ARTIFACT, 1, true, 0));
        policies.put("round_robin", new PlacementSpec.RoundRobin());
        policies.put("even_spread", new PlacementSpec.EvenSpread());
        policies.put("asg", new PlacementSpec.Asg());
        policies.put("spot_only", new PlacementSpec.SpotOnly());
        policies.put("on_demand", new PlacementSpec.OnDemand());
        policies.put(name(declared), declared);
        return policies;
    }

    /// What the policy is called here.
    public static String name(PlacementSpec placement) {
        return placement instanceof PlacementSpec.SpotHedge(Rule rule, var spares, var fallback, var base)
                        && rule == Rule.ARTIFACT
                ? REFERENCE
                : placement.policy();
    }

    /// The policies of these names; `all` stands for all.
    ///
    /// @throws SimulationInputException if one is not known
    public static SequencedMap<String, PlacementSpec> named(List<String> names, PlacementSpec declared) {
        SequencedMap<String, PlacementSpec> all = all(declared);
        List<String> wanted = new ArrayList<>();
        names.forEach(name -> wanted.addAll(name.equals(ALL) ? List.copyOf(all.sequencedKeySet()) : List.of(name)));
        SequencedMap<String, PlacementSpec> found = new LinkedHashMap<>();
        for (String name : wanted) {
            PlacementSpec placement = all.get(name);
            if (placement == null) {
                throw new SimulationInputException(
                        "No such policy",
                        "There is no policy \"" + name + "\". There are " + String.join(", ", all.sequencedKeySet())
                                + "; \"all\" stands for all of them.");
            }
            found.put(name, placement);
        }
        return found;
    }
}
