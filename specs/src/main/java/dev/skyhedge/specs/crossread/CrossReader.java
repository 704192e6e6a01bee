package dev.skyhedge.specs.crossread;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.schema.Language;
import dev.skyhedge.specs.syntax.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/// Compares our reading of a spec's files with a second one. Files in JSON are left out of it: they have been
/// read by a JSON parser, which cannot lose a block that is there.
public final class CrossReader {
    private static final Set<String> KINDS = Set.copyOf(Language.STANDARD.names());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private CrossReader() {}

    /// Whether both readers find the same blocks and attributes in the same order.
    public static CrossReading compare(List<Source> sources) {
        SecondReader second = new SecondReader(PATIENCE);
        List<Diagnostic> differences = new ArrayList<>();
        for (Source source : natives(sources)) {
            Outline ours = ours(source);
            switch (read(second, source, ours)) {
                case SecondReader.Reading.Failed(String why) -> {
                    return notRead(source, why);
                }
                case SecondReader.Reading.Done(Outline theirs) -> {
                    if (!ours.sameAs(theirs)) {
                        differences.add(difference(source, ours, theirs));
                    }
                }
            }
        }
        return differences.isEmpty() ? new CrossReading.Agreed() : new CrossReading.Disagreed(differences);
    }

    /// Both readings of every file as text, the second one only where it is another one.
    public static String describe(List<Source> sources) {
        SecondReader second = new SecondReader(PATIENCE);
        StringBuilder text = new StringBuilder();
        for (Source source : sources) {
            text.append(text.isEmpty() ? "" : "\n").append(source.name()).append('\n');
            if (source.name().endsWith(".json")) {
                text.append("Read once: it is JSON.\n");
                continue;
            }
            Outline ours = ours(source);
            text.append("Our reading:\n").append(ours.words()).append("\n\nSecond reading: ");
            text.append(
                            switch (read(second, source, ours)) {
                                case SecondReader.Reading.Failed(String why) -> "none, " + why;
                                case SecondReader.Reading.Done(Outline theirs) ->
                                    ours.sameAs(theirs) ? "the same" : "\n" + theirs.words();
                            })
                    .append('\n');
        }
        return text.toString();
    }

    /// Whether workloads that our reading does not find are not found by anything else either.
    ///
    /// @param sources all files of the spec, such as [dev.skyhedge.specs.loading.LoadedSpec#sources()]
    /// @param gone names of recorded workloads that the spec no longer has
    public static RemovalCheck removals(List<Source> sources, Collection<String> gone) {
        SequencedSet<String> labels = new TreeSet<>();
        gone.forEach(name -> labels.addAll(labels(name)));
        List<Diagnostic> mentions = new ArrayList<>();
        for (Source source : sources) {
            mentions.addAll(mentions(source, labels));
        }
        return new RemovalCheck(workloads(sources, labels), mentions);
    }

    /// The blocks that a service of that name can come from: `chat-eu-1` is of `service "chat-eu-1"`, or an
    /// instance of `service "chat-eu"` or of `service "chat"`; a service in a module has the module's name
    /// before its own.
    private static SequencedSet<String> labels(String name) {
        SequencedSet<String> labels = new TreeSet<>(List.of(name));
        for (int start = 0; start >= 0; start = next(name, start)) {
            for (int dash = name.indexOf('-', start + 1); dash > 0; dash = name.indexOf('-', dash + 1)) {
                labels.add(name.substring(start, dash));
            }
            labels.add(name.substring(start));
        }
        labels.remove("");
        return labels;
    }

    private static int next(String name, int start) {
        int dash = name.indexOf('-', start);
        return dash < 0 ? -1 : dash + 1;
    }

    private static CrossReading workloads(List<Source> sources, SequencedSet<String> labels) {
        SecondReader second = new SecondReader(PATIENCE);
        List<Diagnostic> differences = new ArrayList<>();
        for (Source source : natives(sources)) {
            if (KINDS.stream().noneMatch(source.text()::contains)) {
                continue;
            }
            Outline ours = ours(source);
            switch (read(second, source, ours)) {
                case SecondReader.Reading.Failed(String why) -> {
                    return notRead(source, why);
                }
                case SecondReader.Reading.Done(Outline theirs) ->
                    labels.forEach(
                            label -> difference(source, ours, theirs, label).ifPresent(differences::add));
            }
        }
        return differences.isEmpty() ? new CrossReading.Agreed() : new CrossReading.Disagreed(differences);
    }

    private static Optional<Diagnostic> difference(Source source, Outline ours, Outline theirs, String label) {
        List<Outline> here = ours.all().filter(o -> o.isWorkload(KINDS, label)).toList();
        List<Outline> there =
                theirs.all().filter(o -> o.isWorkload(KINDS, label)).toList();
        if (here.size() == there.size()) {
            return Optional.empty();
        }
        int line = (there.isEmpty() ? here : there).getFirst().line();
        return Optional.of(Diagnostic.error(
                line(source, line),
                "Two readings of the spec differ",
                (there.isEmpty() ? here : there).getFirst().header().getFirst() + " \"" + label + "\" is there "
                        + times(here.size()) + " in our reading and "
                        + times(there.size())
                        + " in that of a second reader, so it is not certain that it is gone.\n\n"
                        + both(ours, theirs)));
    }

    private static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }

    private static Diagnostic difference(Source source, Outline ours, Outline theirs) {
        return Diagnostic.error(
                line(source, 1),
                "Two readings of the spec differ",
                "A second reader finds other blocks or arguments in this file.\n\n" + both(ours, theirs));
    }

    private static String both(Outline ours, Outline theirs) {
        return "Our reading:\n" + ours.words() + "\n\nSecond reading:\n" + theirs.words();
    }

    private static SourceRange line(Source source, int line) {
        int number = Math.clamp(line, 1, source.lineCount());
        int from = source.lineStart(number);
        return source.range(from, from + source.line(number).length());
    }

    /// The labels of the instances of a service that is only changed are mentioned rightly.
    private static List<Diagnostic> mentions(Source source, SequencedSet<String> labels) {
        Outline ours = source.name().endsWith(".json") ? new Outline(List.of(), 1, List.of(), List.of()) : ours(source);
        SequencedSet<String> unread = new TreeSet<>(labels);
        unread.removeIf(label -> ours.all().anyMatch(o -> o.isWorkload(KINDS, label)));
        return WordSearch.find(source, KINDS, unread).stream()
                .map(place -> Diagnostic.error(
                        place,
                        "A service seems to be declared here",
                        "The spec has no service of this name, but these words look like one. If it is really gone, remove"
                                + " them or make them a comment."))
                .toList();
    }

    private static Outline ours(Source source) {
        return Outline.of(Parser.parse(source, Limits.DEFAULT).body());
    }

    private static List<Source> natives(List<Source> sources) {
        return sources.stream().filter(s -> !s.name().endsWith(".json")).toList();
    }

    private static SecondReader.Reading read(SecondReader second, Source source, Outline ours) {
        return ours.all().count() > SecondReader.MOST_BLOCKS
                ? new SecondReader.Reading.Failed("it has more than " + SecondReader.MOST_BLOCKS + " blocks")
                : second.read(source);
    }

    private static CrossReading notRead(Source source, String why) {
        return new CrossReading.NotRead(source.name() + " could not be read a second time: " + why + ".");
    }
}
