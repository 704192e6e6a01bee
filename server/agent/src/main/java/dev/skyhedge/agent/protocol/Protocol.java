package dev.skyhedge.agent.protocol;

/// What both ends hold to.
public final class Protocol {
    /// Of paths and answers. An agent knows one.
    public static final int VERSION = 1;

    public static final String ORDERS = "/v" + VERSION + "/orders";
    /// For who has nothing but the machine's drain token.
    public static final String DRAIN = "/v" + VERSION + "/drain";

    public static final int MAX_ORDER_BYTES = 256 << 10;
    public static final int MAX_ANSWER_BYTES = 8 << 20;

    private Protocol() {}
}
