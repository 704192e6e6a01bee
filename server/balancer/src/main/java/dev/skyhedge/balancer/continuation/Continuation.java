package dev.skyhedge.balancer.continuation;

/// Whether streams of a service go on from another replica, and how well they must: the level named and those above it.
public enum Continuation {
    OFF(Level.NONE),
    TEXT(Level.TEXT),
    RESAMPLE(Level.RESAMPLE),
    EXACT(Level.EXACT);

    private final Level floor;

    Continuation(Level floor) {
        this.floor = floor;
    }

    /// The level itself, or none at all if it is not good enough.
    Level grant(Level level) {
        return this == OFF || level.compareTo(floor) < 0 ? Level.NONE : level;
    }
}
