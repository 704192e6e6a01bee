package dev.skyhedge.providers.cloud.diagnosis;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// How ports and places are said in findings about networks. Of a longer list a few are named.
public final class Ports {
    private static final int NAMED = 6;

    private Ports() {}

    /// Such as `port 8000` or `ports 8000 and 8080`.
    public static String words(SortedSet<Integer> ports) {
        List<String> all = ports.stream().map(String::valueOf).toList();
        return all.size() == 1
                ? "port " + all.getFirst()
                : "ports " + String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
    }

    /// Places by name, and how many more.
    public static String places(Collection<String> names) {
        int more = names.size() - NAMED;
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
