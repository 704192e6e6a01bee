package dev.skyhedge.specs.functions;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The functions by name. Immutable.
public final class FunctionTable {
    /// Every function of the language: the one place where the groups come together.
    private static final FunctionTable STANDARD = of(List.of(
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
            of(List.of(List.copyOf(STANDARD.all()), List.of(TypeFunctions.NAME_OF_TYPE)));

    private final SequencedMap<String, FunctionDefinition> byName;

    private FunctionTable(SequencedMap<String, FunctionDefinition> byName) {
        this.byName = Collections.unmodifiableSequencedMap(byName);
    }

    /// All functions of the language.
    public static FunctionTable standard() {
        return STANDARD;
    }

    /// All functions of the language, and those that only the console has.
    public static FunctionTable console() {
        return CONSOLE;
    }

    private static FunctionTable of(List<List<FunctionDefinition>> groups) {
        TreeMap<String, FunctionDefinition> byName = new TreeMap<>();
        for (List<FunctionDefinition> group : groups) {
            for (FunctionDefinition function : group) {
                if (byName.put(function.name(), function) != null) {
                    throw new IllegalStateException("Two functions named " + function.name());
                }
            }
        }
        return new FunctionTable(byName);
    }

    /// The function of that name, which is case-sensitive.
    public Optional<FunctionDefinition> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The same functions but for that one.
    public FunctionTable without(String name) {
        return of(List.of(all().stream().filter(f -> !f.name().equals(name)).toList()));
    }

    /// All names, sorted.
    public Collection<String> names() {
        return byName.keySet();
    }

    /// All functions, sorted by name.
    public Collection<FunctionDefinition> all() {
        return byName.values();
    }
}
