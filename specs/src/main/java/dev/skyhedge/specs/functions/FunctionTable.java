package dev.skyhedge.specs.functions;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The functions by name, which are made when the first is asked for: most specs call none, and making them all takes
/// as long as reading a short spec. Immutable.
public final class FunctionTable {
    /// Every function of the language: the one place where the groups come together.
    private static final FunctionTable STANDARD = new FunctionTable(() -> List.of(
            NumberFunctions.ALL,
            StringFunctions.ALL,
            TrimFunctions.ALL,
            RegexFunctions.ALL,
            FormatFunctions.ALL,
            CollectionFunctions.ALL,
            ListFunctions.ALL,
            SetFunctions.ALL,
            MapFunctions.ALL,
            EncodingFunctions.ALL,
            HashFunctions.ALL,
            TimeFunctions.ALL,
            TypeFunctions.ALL,
            FileFunctions.ALL,
            NetworkFunctions.ALL));

    private static final FunctionTable CONSOLE =
            new FunctionTable(() -> List.of(List.copyOf(STANDARD.all()), List.of(TypeFunctions.NAME_OF_TYPE)));

    private final Supplier<List<List<FunctionDefinition>>> groups;
    /// Two threads may make it at once; both make the same.
    private volatile @Nullable SequencedMap<String, FunctionDefinition> made;

    private FunctionTable(Supplier<List<List<FunctionDefinition>>> groups) {
        this.groups = groups;
    }

    /// All functions of the language.
    public static FunctionTable standard() {
        return STANDARD;
    }

    /// All functions of the language, and those that only the console has.
    public static FunctionTable console() {
        return CONSOLE;
    }

    private SequencedMap<String, FunctionDefinition> byName() {
        SequencedMap<String, FunctionDefinition> known = made;
        if (known == null) {
            known = byName(groups.get());
            made = known;
        }
        return known;
    }

    private static SequencedMap<String, FunctionDefinition> byName(List<List<FunctionDefinition>> groups) {
        TreeMap<String, FunctionDefinition> byName = new TreeMap<>();
        for (List<FunctionDefinition> group : groups) {
            for (FunctionDefinition function : group) {
                if (byName.put(function.name(), function) != null) {
                    throw new IllegalStateException("Two functions named " + function.name());
                }
            }
        }
        return Collections.unmodifiableSequencedMap(byName);
    }

    /// The function of that name, which is case-sensitive.
    public Optional<FunctionDefinition> find(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    /// The same functions but for that one.
    public FunctionTable without(String name) {
        return new FunctionTable(
                () -> List.of(all().stream().filter(f -> !f.name().equals(name)).toList()));
    }

    /// All names, sorted.
    public Collection<String> names() {
        return byName().keySet();
    }

    /// All functions, sorted by name.
    public Collection<FunctionDefinition> all() {
        return byName().values();
    }
}
