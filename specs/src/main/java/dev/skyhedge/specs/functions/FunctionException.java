package dev.skyhedge.specs.functions;

/// A function refuses its arguments. Turned into a diagnostic where the call is evaluated; carries no stack
/// trace, because it says nothing about the program.
public final class FunctionException extends RuntimeException {
    private final int argument;
    private final String reason;

    /// @param argument index of the argument at fault, or -1 for the call as a whole
    /// @param message what is wrong, without capital and full stop
    public FunctionException(int argument, String message) {
        super(message, null, false, false);
        this.reason = message;
        this.argument = argument;
    }

    /// Index of the argument at fault, or -1.
    public int argument() {
        return argument;
    }

    /// What is wrong.
    public String reason() {
        return reason;
    }
}
