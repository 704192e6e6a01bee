package dev.skyhedge.engine.pool;

/// What a part of a claim is for, most important first.
enum Precedence {
    PROTECTED("which is protected, is to have it at least"),
    FLOOR("is to have it at least"),
    DEADLINE("would miss its deadline without it"),
    SERVICE("wants it to serve"),
    BACKGROUND("has work in the background for it"),
    /// Spares, and what is being phased out.
    KEPT("keeps it for a while");

    private final String reason;

    Precedence(String reason) {
        this.reason = reason;
    }

    /// Why whoever has such a part wants it, for people.
    String reason() {
        return reason;
    }
}
