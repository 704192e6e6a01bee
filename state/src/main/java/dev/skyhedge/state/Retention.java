package dev.skyhedge.state;

/// How much of the past a store keeps. What is older is dropped in small steps as new things are committed.
///
/// @param serials how many of the newest serials stay readable, at least 1
/// @param events how many of the newest events are kept, at least 1
public record Retention(int serials, int events) {
    public static final Retention DEFAULT = new Retention(10_000, 20_000);

    public Retention {
        if (serials < 1 || events < 1) {
            throw new IllegalArgumentException(
                    "Retention is at least 1: " + serials + " serials, " + events + " events");
        }
    }
}
