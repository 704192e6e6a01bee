package dev.skyhedge.engine.weights;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who told of chunks that are not the model. One report may be the reporter's own fault; two different
/// reporters bar the sender for this model.
///
/// @param reporters by the machine that they blame
public record Blame(SortedMap<String, SortedSet<String>> reporters) {
    /// Different machines that have to say so.
    public static final int TO_BAR = 2;

    public static final Blame NOBODY = new Blame(new TreeMap<>());

    public Blame {
        SortedMap<String, SortedSet<String>> copies = new TreeMap<>();
        reporters.forEach((blamed, by) -> copies.put(blamed, Collections.unmodifiableSortedSet(new TreeSet<>(by))));
        reporters = Collections.unmodifiableSortedMap(copies);
    }

    public Blame reported(String blamed, String by) {
        SortedMap<String, SortedSet<String>> more = new TreeMap<>(reporters);
        SortedSet<String> all = new TreeSet<>(more.getOrDefault(blamed, new TreeSet<>()));
        all.add(by);
        more.put(blamed, all);
        return new Blame(more);
    }

    public boolean isBarred(String name) {
        return reporters.getOrDefault(name, new TreeSet<>()).size() >= TO_BAR;
    }
}
