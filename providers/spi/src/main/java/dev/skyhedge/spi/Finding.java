package dev.skyhedge.spi;

/// What a provider found when it looked at its own preconditions. Never holds a secret: it names the kind of
/// credentials, not their value.
public sealed interface Finding {
    /// What was looked at, in a word or two, such as `credentials` or `clock`.
    String subject();

    /// What was seen, one line.
    String detail();

    /// As it should be.
    record Good(String subject, String detail) implements Finding {}

    /// Works, but may surprise.
    ///
    /// @param remedy what to do about it, a sentence
    record Notable(String subject, String detail, String remedy) implements Finding {}

    /// Does not work until something is done.
    ///
    /// @param remedy what to do about it, a sentence
    record Bad(String subject, String detail, String remedy) implements Finding {}
}
