package dev.skyhedge.balancer.continuation;

/// The part of an answer that one replica gives.
///
/// @param kind what its request was made of
/// @param tokens of the answer that its prompt holds already
/// @param text as many characters of the answer does its prompt hold
record Leg(Kind kind, int tokens, int text) {
    static final Leg FIRST = new Leg(Kind.REQUEST, 0, 0);

    enum Kind {
        /// The client's request, from its beginning.
        REQUEST,
        /// Tokens that were generated.
        TOKENS,
        /// Text that was generated.
        TEXT
    }
}
