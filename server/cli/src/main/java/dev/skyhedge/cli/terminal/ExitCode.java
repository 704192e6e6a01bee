package dev.skyhedge.cli.terminal;

/// What commands return.
public final class ExitCode {
    /// All is well.
    public static final int OK = 0;
    /// Something went wrong.
    public static final int FAILED = 1;
    /// Wrong arguments. Not 2: a script that plans with -detailed-exitcode would take that for changes.
    public static final int USAGE = FAILED;
    /// For `plan -detailed-exitcode`.
    public static final int CHANGES = 2;
    /// Ended by a second Ctrl-C.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
