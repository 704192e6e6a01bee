package dev.skyhedge.specs.functions;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Files with a note of everything that functions saw of them, so that it can be told later whether they would
/// see the same again. Used by one thread.
public final class RecordedFiles implements SpecFileAccess {
    private static final String MISSING = "missing";
    private static final String PRESENT = "present";

    private final SpecFileAccess files;
    private final SortedMap<String, String> seen = new TreeMap<>();

    /// @param files what is read
    public RecordedFiles(SpecFileAccess files) {
        this.files = files;
    }

    /// What was seen, by path: the SHA-256 of a content, or whether there is such a file; by path with `/` at its
    /// end the SHA-256 of a directory's list of files.
    public SortedMap<String, String> seen() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    @Override
    public byte[] read(String path) {
        byte[] content = noting(Paths.clean(path), () -> files.read(path));
        seen.put(Paths.clean(path), HashFunctions.hex("SHA-256", content));
        return content;
    }

    @Override
    public boolean exists(String path) {
        boolean there = noting(Paths.clean(path), () -> files.exists(path));
        seen.putIfAbsent(Paths.clean(path), there ? PRESENT : MISSING);
        return there;
    }

    @Override
    public List<String> list(String directory) {
        String key = Paths.clean(directory) + "/";
        List<String> names = noting(key, () -> files.list(directory));
        byte[] text = String.join("\0", names).getBytes(StandardCharsets.UTF_8);
        seen.put(key, HashFunctions.hex("SHA-256", text));
        return names;
    }

    @Override
    public Optional<String> root() {
        return files.root();
    }

    private <T> T noting(String key, Supplier<T> look) {
        try {
            return look.get();
        } catch (FunctionException e) {
            seen.putIfAbsent(key, MISSING);
            throw e;
        }
    }
}
