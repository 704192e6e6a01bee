package dev.skyhedge.cli.planfile;

import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A saved plan. Lineage and serial of the state that it was made for are those of the plan.
///
/// @param createdAt when it was made, which is also what `plantimestamp()` is
/// @param engineVersion the Skyhedge that made it
/// @param plan what is to be done
/// @param options what it was made with
/// @param world what it was made from, without the workloads' logs
/// @param sources the spec's files by name
/// @param files what functions of the spec saw of other files
/// @param variables values given to the spec's variables, as JSON, by name; none of them sensitive
/// @param sensitiveVariables names of the variables whose values must be given again
public record PlanFile(
        Instant createdAt,
        String engineVersion,
        Plan plan,
        PlanOptions options,
        World world,
        SequencedMap<String, String> sources,
        FilesSeen files,
        SequencedMap<String, String> variables,
        SequencedSet<String> sensitiveVariables) {
    /// The format that this version writes, and the only one that it reads: a plan is soon made again.
    public static final int FORMAT_VERSION = 2;

    public PlanFile {
        sources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sources));
        variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
        sensitiveVariables = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(sensitiveVariables));
        for (String name : sensitiveVariables) {
            if (variables.containsKey(name)) {
                throw new IllegalArgumentException("The value of a sensitive variable must not be saved: " + name);
            }
        }
    }
}
