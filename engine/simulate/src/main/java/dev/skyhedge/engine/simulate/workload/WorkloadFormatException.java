package dev.skyhedge.engine.simulate.workload;

import java.io.IOException;

/// A file or text that is not a workload. The message names the place, what is wrong there, and what would be
/// right.
public final class WorkloadFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    WorkloadFormatException(String file, long line, int column, String problem, String remedy) {
        super(file + ":" + line + ":" + column + ": " + problem + ". " + remedy);
    }

    WorkloadFormatException(String place, String problem, String remedy) {
        super(place + ": " + problem + ". " + remedy);
    }
}
