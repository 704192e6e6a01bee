package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.spi.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// What became of a request.
///
/// @param spec the spec; empty if there is any error
/// @param diagnostics everything that is wrong or doubtful, in order of place
/// @param sources the files that were read
/// @param providerBlocks the blocks of the providers by name
/// @param workloadBlocks the blocks of the workloads by name of the workload
/// @param references what each declaration of the root refers to: `service.chat` to `var.model`
/// @param files what functions saw of files, by path from the root directory: hashes of contents
///     and lists
/// @param inputs what it was read from, complete as far as the reading came
/// @param missing variables that need a value; if there are any, there is an error that names them
///     all
/// @param evaluation reads the same text again, pure, once it is known how many replicas are ready
public record LoadedSpec(
        Optional<Spec> spec,
        List<Diagnostic> diagnostics,
        List<Source> sources,
        Map<String, Body.Block> providerBlocks,
        Map<String, Body.Block> workloadBlocks,
        SequencedMap<String, SequencedSet<String>> references,
        SortedMap<String, String> files,
        SpecInputs inputs,
        List<MissingVariable> missing,
        Function<Map<String, Integer>, Optional<Spec>> evaluation) {

    /// The digest of the contents of all files that were read: the same spec has the same one
    /// wherever it lies. Values that were given on the command line or in the environment are not
    /// in it.
    public String digest() {
        SortedMap<String, String> contents = new TreeMap<>();
        sources.forEach(source -> contents.put("file " + source.name(), source.text()));
        files.forEach((path, seen) -> contents.put("seen " + path, seen));
        return Sha256.hex(contents.toString());
    }

    /// Where the provider's setting is written: its attribute or block, or the header of the
    /// provider block.
    public Optional<SourceRange> rangeOf(String provider, String setting) {
        Optional<Body.Block> block = Optional.ofNullable(providerBlocks.get(provider));
        return block.map(b -> b.body()
                .attribute(setting)
                .map(Body.Attribute::range)
                .or(() -> b.body().blocks(setting).stream().findFirst().map(Body.Block::header))
                .orElse(b.header()));
    }

    /// Where the workload's block is, by its name.
    public Optional<SourceRange> rangeOfWorkload(String name) {
        return Optional.ofNullable(workloadBlocks.get(name))
                .map(Body.Block::range)
                .map(LoadedSpec::firstLine);
    }

    /// Where a block of the `endpoint` of a service has this attribute; the service if it is not
    /// written there.
    public Optional<SourceRange> rangeInEndpoint(String service, String block, String attribute) {
        return Optional.ofNullable(workloadBlocks.get(service))
                .flatMap(written -> written.body().blocks("endpoint").stream().findFirst())
                .flatMap(endpoint -> endpoint.body().blocks(block).stream().findFirst())
                .flatMap(inner -> inner.body().attribute(attribute))
                .map(Body.Attribute::range)
                .or(() -> rangeOfWorkload(service));
    }

    /// Where the `resources` of a service name an element of one of their lists; the whole list if
    /// it is not written there as text, the service if there is no such list.
    public Optional<SourceRange> rangeOfResource(String service, String attribute, String element) {
        Optional<Expression> list = Optional.ofNullable(workloadBlocks.get(service))
                .flatMap(block -> block.body().blocks("resources").stream().findFirst())
                .flatMap(resources -> resources.body().attribute(attribute))
                .map(Body.Attribute::expression);
        return list.flatMap(expression -> elementOf(expression, element))
                .or(() -> list.map(Expression::range))
                .or(() -> rangeOfWorkload(service));
    }

    /// The element of a written list that is this text, also one that is short for it: `L4` for
    /// `L4:1`.
    private static Optional<SourceRange> elementOf(Expression list, String text) {
        if (!(list instanceof Expression.Tuple(var elements, var ignored))) {
            return Optional.empty();
        }
        return elements.stream()
                .filter(element -> element instanceof Expression.Template(var parts, var range)
                        && parts.size() == 1
                        && parts.getFirst() instanceof Expression.Part.Text(String written)
                        && (text.equals(written) || text.equals(written + ":1")))
                .map(Expression::range)
                .findFirst();
    }

    private static SourceRange firstLine(SourceRange range) {
        int end = range.text().indexOf('\n');
        return end < 0 ? range : new SourceRange(range.source(), range.from(), range.from() + end);
    }

    /// Whether values for the missing variables may be all that it needs.
    public boolean lacksOnlyValues() {
        return !missing.isEmpty()
                && diagnostics.stream().filter(Diagnostic::isError).count() == 1;
    }

    /// The spec as it is while so many replicas are ready, by name of the service; what is asked of
    /// a service without an entry stays unknown. Preconditions that are not met are in the
    /// services. Empty only if it cannot be evaluated within its limits.
    public Optional<Spec> observing(Map<String, Integer> readyReplicas) {
        return evaluation.apply(readyReplicas);
    }

    /// Whether there is any error.
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
