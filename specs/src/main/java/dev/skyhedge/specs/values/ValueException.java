package dev.skyhedge.specs.values;

/// A value cannot be made: it would pass a limit, or show what must stay hidden. Thrown deep inside an
/// evaluation and turned into a diagnostic at its edge; carries no stack trace, because it says nothing about
/// the program.
public final class ValueException extends RuntimeException {
    private final String reason;
    /// @param message a sentence that says why
    public ValueException(String message) {
        super(message, null, false, false);
        this.reason = message;
    }

    /// What is wrong.
    public String reason() {
        return reason;
    }
}
