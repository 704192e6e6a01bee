package dev.skyhedge.state.records;

/// Why a state cannot be used. The state stays as it was.
///
/// @param kind what sort of problem
/// @param summary a few words, such as "State is damaged"
/// @param detail what was found, where, and what to do about it; several sentences
public record StateProblem(Kind kind, String summary, String detail) {
    /// The sorts of problems; each has its own remedy.
    public enum Kind {
        /// Bytes or checksums are wrong.
        DAMAGED,
        /// Another process holds the files in a way that keeps us out.
        LOCKED,
        /// An earlier Skyhedge works with it, and does not know what this one would make of it.
        IN_USE,
        /// Not writable.
        READ_ONLY,
        /// No space is left.
        FULL,
        /// Written by a newer Skyhedge.
        NEWER_VERSION,
        /// Missing, empty or older than what was there before: never to be taken for "nothing is running".
        LOST,
        /// Holds something already, where only an empty state will do.
        NOT_EMPTY,
        /// The database server does not answer.
        UNREACHABLE,
        /// This serial was never committed, or its history has been dropped.
        NO_SUCH_SERIAL
    }
}
