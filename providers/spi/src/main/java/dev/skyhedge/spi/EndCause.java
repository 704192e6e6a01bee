package dev.skyhedge.spi;

/// Why an instance ended.
public enum EndCause {
    /// We asked for it.
    TERMINATED,
    /// The cloud took its spot capacity back.
    PREEMPTED,
    /// The workload ended by itself.
    EXITED,
    /// It never ran.
    FAILED_TO_START
}
