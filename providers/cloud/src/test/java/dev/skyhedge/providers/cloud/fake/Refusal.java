package dev.skyhedge.providers.cloud.fake;

/// An answer of an API that refuses a call. Its body is each cloud's own.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    /// @param status HTTP status
    /// @param code the API's word for the reason
    public Refusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
