package dev.skyhedge.state.records;

import java.time.Instant;

/// What became of an order so far.
public sealed interface OrderAnswer {
    /// When it was answered.
    Instant at();

    /// For people.
    String text();

    /// It is in force from now on, and plans are made with it.
    ///
    /// @param text what will be done
    record Accepted(Instant at, String text) implements OrderAnswer {}

    /// It has been carried out, or has ended.
    record Done(Instant at, String text) implements OrderAnswer {}

    /// It was not, and will not be, carried out.
    ///
    /// @param text why, and what to do instead
    record Refused(Instant at, String text) implements OrderAnswer {}
}
