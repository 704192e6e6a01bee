package dev.skyhedge.cli.view;

/// What colours mean.
public enum Ink {
    ADDED("\u001b[32m"),
    CHANGED("\u001b[33m"),
    REMOVED("\u001b[31m"),
    STRONG("\u001b[1m"),
    FAINT("\u001b[2m");

    /// Ends any of them.
    public static final String RESET = "\u001b[0m";
    private final String escape;

    Ink(String escape) {
        this.escape = escape;
    }

    /// What makes a terminal change to it.
    public String escape() {
        return escape;
    }
}
