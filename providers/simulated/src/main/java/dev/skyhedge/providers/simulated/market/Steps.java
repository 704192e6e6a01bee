package dev.skyhedge.providers.simulated.market;

import java.util.Arrays;

/// A function of time that is constant between steps, run-length coded. Grows at its end; looked up by binary
/// search.
final class Steps {
    private static final int FIRST_SIZE = 16;

    private long[] starts = new long[FIRST_SIZE];
    private long[] values = new long[FIRST_SIZE];
    private int size;

    /// Adds a run that lasts until the next one is added. Equal neighbours become one run.
    ///
    /// @param start not before the previous run's start
    void add(long start, long value) {
        if (size > 0 && start < starts[size - 1]) {
            throw new IllegalArgumentException("Run at " + start + " before the last at " + starts[size - 1]);
        }
        if (size > 0 && values[size - 1] == value) {
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        starts[size] = start;
        values[size] = value;
        size++;
    }

    /// The value at this time, which is not before the first run.
    long at(long time) {
        return values[run(time)];
    }

    /// When the next run after this time starts; -1 if there is none yet.
    long nextStart(long time) {
        int next = run(time) + 1;
        return next < size ? starts[next] : -1;
    }

    int size() {
        return size;
    }

    private int run(long time) {
        int found = Arrays.binarySearch(starts, 0, size, time);
        int run = found >= 0 ? found : -found - 2;
        if (run < 0) {
            throw new IllegalArgumentException("Time " + time + " is before the first run");
        }
        return run;
    }
}
