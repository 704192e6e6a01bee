package dev.skyhedge.state.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Test instrumentation: a named place at which crash tests end the process as `kill -9` would.
///
/// The system property `skyhedge.failpoint=NAME:N` arms the N-th passage (from 1) through the place of that name.
/// `skyhedge.failpoint.census=FILE` instead writes how often each place was passed, as lines `NAME N`, when the
/// process ends. Without the properties a place costs a comparison with an empty constant.
public final class Failpoint {
    /// The exit code of a process that was killed with signal 9.
    public static final int EXIT_CODE = 137;

    private static final String ARMED = System.getProperty("skyhedge.failpoint", "");
    private static final String NAME = ARMED.isEmpty() ? "" : ARMED.substring(0, ARMED.lastIndexOf(':'));
    private static final AtomicInteger PASSAGES_LEFT =
            new AtomicInteger(ARMED.isEmpty() ? 0 : Integer.parseInt(ARMED.substring(ARMED.lastIndexOf(':') + 1)));

    private static final String CENSUS = System.getProperty("skyhedge.failpoint.census", "");
    private static final ConcurrentSkipListMap<String, Integer> PASSAGES = new ConcurrentSkipListMap<>();

    static {
        if (!CENSUS.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(Failpoint::writeCensus, "failpoint-census"));
        }
    }

    private Failpoint() {}

    /// Passes through a place; ends the process at once, without any shutdown hook, if it is the armed passage.
    public static void reached(String name) {
        if (!NAME.isEmpty() && NAME.equals(name) && PASSAGES_LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        if (!CENSUS.isEmpty()) {
            PASSAGES.merge(name, 1, Integer::sum);
        }
    }

    private static void writeCensus() {
        List<String> lines = new ArrayList<>();
        PASSAGES.forEach((name, passages) -> lines.add(name + " " + passages));
        try {
            Files.write(Path.of(CENSUS), lines);
        } catch (IOException e) {
            throw new IllegalStateException("No census of failpoints in " + CENSUS, e);
        }
    }
}
