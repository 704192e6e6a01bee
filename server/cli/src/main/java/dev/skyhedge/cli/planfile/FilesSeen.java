package dev.skyhedge.cli.planfile;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the functions of a spec saw of files when its plan was made.
///
/// @param directory below which they may read
/// @param hashes by path from there
public record FilesSeen(String directory, SortedMap<String, String> hashes) {
    /// Of a spec that reads none.
    public static final FilesSeen NONE = new FilesSeen(".", new TreeMap<>());

    public FilesSeen {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    /// A path of which something else is seen now.
    public Optional<String> difference(SortedMap<String, String> now) {
        TreeMap<String, String> all = new TreeMap<>(hashes);
        all.putAll(now);
        return all.keySet().stream()
                .filter(path -> !Objects.equals(hashes.get(path), now.get(path)))
                .findFirst();
    }
}
