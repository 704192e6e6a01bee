package dev.skyhedge.engine.simulate;

/// Something that a simulation was given is not what it should be. The message says what, where and what to do.
public final class SimulationInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String summary;

    SimulationInputException(String summary, String detail) {
        super(detail);
        this.summary = summary;
    }

    /// A few words.
    public String summary() {
        return summary;
    }

    /// Where it is and what to do about it.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
