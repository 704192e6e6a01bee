package dev.skyhedge.engine.pool;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;

/// Something that moves in a pool, with its reason, for people, and its price.
public sealed interface Movement {
    /// In shares.
    int shares();

    /// What so many shares cost.
    HourlyPrice price();

    String reason();

    /// It is rented for somebody.
    record Rented(String to, int shares, HourlyPrice price, String reason) implements Movement {}

    /// It was idle.
    record PutToUse(String to, int shares, HourlyPrice price, String reason) implements Movement {}

    /// One gives it to another.
    ///
    /// @param within the time that the one has for it
    record Passed(String from, String to, int shares, Duration within, HourlyPrice price, String reason)
            implements Movement {}

    /// Somebody leaves it, and nobody else wants it.
    ///
    /// @param within the time that it has for it
    record Left(String from, int shares, Duration within, HourlyPrice price, String reason) implements Movement {}

    /// Whole machines are given back.
    record GivenBack(int shares, HourlyPrice price, String reason) implements Movement {}
}
