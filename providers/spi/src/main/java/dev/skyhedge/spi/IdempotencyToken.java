package dev.skyhedge.spi;

import java.util.regex.Pattern;

/// Names one decided launch. It is derived from what was decided, never random, so that whoever repeats the
/// launch after a crash repeats the token too.
///
/// @param value 1 to 63 characters of `a-z0-9`, starting with a letter, so that every cloud takes it as a name
public record IdempotencyToken(String value) {
    private static final Pattern VALUE = Pattern.compile("[a-z][a-z0-9]{0,62}");

    public IdempotencyToken {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("Invalid idempotency token: \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
