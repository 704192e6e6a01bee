package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.values.Value;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/// A kind of workload as the language knows it: how its block looks and what it means. The language itself gives
/// every kind `count`, `for_each`, `depends_on`, `precondition` blocks, moves and references, as far as its block
/// has them. Pure.
public interface WorkloadDefinition {
    /// A block of conditions that the language itself looks after where a kind's block may have it.
    BlockDefinition PRECONDITION = SpecSchema.PRECONDITION;

    /// The block. Its type is the kind's name, and its only label the name of a workload.
    BlockDefinition block();

    /// Decodes a block, or one instance of it, whose structure has been checked; empty if anything in it is wrong.
    ///
    /// @param name of the workload
    /// @param address of the workload
    /// @param names evaluates its expressions
    /// @param sink gets all that is wrong
    Optional<WorkloadSpec> decode(
            Body.Block block, String name, String address, Evaluator names, Consumer<Diagnostic> sink);

    /// Names that exist in one block of a workload only, such as `param.lr` in a sweep's trial.
    ///
    /// @param inner a block that stands directly in the workload's
    default Set<String> namesWithin(Body.Block workload, Body.Block inner) {
        return Set.of();
    }

    /// Tells the sink what is wrong with the values of a block whose structure is wrong already.
    void check(Body.Block block, Evaluator names, Consumer<Diagnostic> sink);

    /// What references to the workload may ask for.
    ///
    /// @param workload one that this kind has decoded
    /// @param readyReplicas how many are ready; unknown if nobody has looked
    SequencedMap<String, Value> attributes(WorkloadSpec workload, Value readyReplicas);
}
