package dev.skyhedge.cli;

/// What commands return.
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    /// Wrong arguments; for `plan -detailed-exitcode`, changes.
    static final int USAGE = 2;
    static final int CHANGES = 2;
    /// Ended by a second Ctrl-C.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
