package dev.skyhedge.specs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the language names a workload: `service.chat`, `service.chat["eu"]`, `module.search.service.embed[0]`.
///
/// @param module the modules around it, such as `module.search.`; empty for the root
/// @param kind the type of its block, such as `service`
/// @param label the label of its block
/// @param key its index, or its key in quotes; empty for a workload without `count` or `for_each`, or for all of
///     its instances together
public record WorkloadAddress(String module, String kind, String label, Optional<String> key) {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_-]*+";
    private static final String KEY = "\\[(\\d++|\"[^\"\\\\]*+\")]";
    private static final Pattern STEP = Pattern.compile("module\\.(" + NAME + ")(?:" + KEY + ")?\\.");
    private static final Pattern LAST = Pattern.compile("([a-z_]+)\\.(" + NAME + ")(?:" + KEY + ")?");
    private static final int LONGEST = 2000;

    /// Reads an address; empty if it is none.
    public static Optional<WorkloadAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher step = STEP.matcher(text);
        int from = 0;
        while (step.region(from, text.length()).lookingAt()) {
            from = step.end();
        }
        Matcher last = LAST.matcher(text).region(from, text.length());
        return last.matches() && !last.group(1).equals("module")
                ? Optional.of(new WorkloadAddress(
                        text.substring(0, from), last.group(1), last.group(2), Optional.ofNullable(last.group(3))))
                : Optional.empty();
    }

    /// Reads the address of a module, as what stands before addresses in it: `module.search` is `module.search.`;
    /// empty if it is none.
    public static Optional<String> parseModule(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String path = text + ".";
        Matcher step = STEP.matcher(path);
        int from = 0;
        while (step.region(from, path.length()).lookingAt()) {
            from = step.end();
        }
        return from == path.length() ? Optional.of(path) : Optional.empty();
    }

    /// The name of the workload there: all labels and keys, with `-` between.
    public String name() {
        List<String> parts = new ArrayList<>();
        Matcher step = STEP.matcher(module);
        while (step.find()) {
            parts.add(step.group(1));
            Optional.ofNullable(step.group(2)).ifPresent(parts::add);
        }
        parts.add(label);
        key.ifPresent(parts::add);
        return String.join("-", parts).replace("\"", "");
    }

    /// Whether the other one is this, or an instance of it.
    public boolean covers(WorkloadAddress other) {
        return equals(other)
                || (key.isEmpty()
                        && module.equals(other.module)
                        && kind.equals(other.kind)
                        && label.equals(other.label));
    }

    /// The same inside of these modules.
    public WorkloadAddress in(String modules) {
        return new WorkloadAddress(modules + module, kind, label, key);
    }

    /// The same in other modules; empty if it is not inside of the first ones.
    public Optional<WorkloadAddress> moved(String from, String to) {
        return module.startsWith(from)
                ? Optional.of(new WorkloadAddress(to + module.substring(from.length()), kind, label, key))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return module + kind + "." + label + key.map(k -> "[" + k + "]").orElse("");
    }
}
