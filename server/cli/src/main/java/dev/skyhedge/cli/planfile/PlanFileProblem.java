package dev.skyhedge.cli.planfile;

/// Why a plan file cannot be written, read or applied.
///
/// @param kind what sort of problem
/// @param summary a few words
/// @param detail what was found and what to do about it
public record PlanFileProblem(Kind kind, String summary, String detail) {
    /// The sorts of problems.
    public enum Kind {
        /// There is no such file, or it cannot be read.
        UNREADABLE,
        /// It is something else.
        NOT_A_PLAN_FILE,
        /// It was one, but its bytes have changed.
        DAMAGED,
        /// A later Skyhedge wrote it.
        NEWER_FORMAT,
        /// An earlier Skyhedge wrote it.
        OLDER_FORMAT,
        /// It exceeds the limits of a plan file.
        TOO_LARGE,
        /// It could not be written.
        NOT_WRITTEN,
        /// The state has changed since.
        STALE,
        /// It was made for another state.
        OTHER_STATE
    }
}
