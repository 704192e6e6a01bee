package dev.skyhedge.providers.kubernetes.fake;

/// A call that the cluster does not carry out.
public final class Refusal extends RuntimeException {
    private final int status;
    private final String reason;

    public Refusal(int status, String reason, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    static Refusal notFound(String plural, String name) {
        return new Refusal(404, "NotFound", plural + " \"" + name + "\" not found");
    }

    static Refusal exists(String plural, String name) {
        return new Refusal(409, "AlreadyExists", plural + " \"" + name + "\" already exists");
    }

    static Refusal invalid(String kind, String name, String what) {
        return new Refusal(422, "Invalid", kind + " \"" + name + "\" is invalid: " + what);
    }

    static Refusal bad(String what) {
        return new Refusal(400, "BadRequest", what);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
