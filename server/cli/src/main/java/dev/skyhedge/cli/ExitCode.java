package dev.skyhedge.cli;

/// What commands return.
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /// Wrong arguments. Not 2: a script that plans with -detailed-exitcode would take that for changes.
    static final int USAGE = FAILED;
    /// For `plan -detailed-exitcode`.
    static final int CHANGES = 2;
    /// Ended by a second Ctrl-C.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
