package dev.skyhedge.balancer;

/// A back-off: a pause that is twice as long each time in a row, up to a limit. Nanoseconds or milliseconds, as its
/// owner counts; the balancer sees nothing of the other modules' and takes no objects on its hot path.
///
/// @param first after one failure, above 0
/// @param longest at least as long as the first
record BackOff(long first, long longest) {
    BackOff {
        if (first <= 0 || longest < first) {
            throw new IllegalArgumentException("A back-off from " + first + " to " + longest);
        }
    }

    /// The pause after so many failures in a row.
    ///
    /// @param failures at least 1
    long after(int failures) {
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(first) - 1);
        return Math.min(longest, first << doublings);
    }
}
