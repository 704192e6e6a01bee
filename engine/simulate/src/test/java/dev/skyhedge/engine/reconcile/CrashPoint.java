package dev.skyhedge.engine.reconcile;

/// Where a controller may die. At any other instant it dies between two of these without a difference.
enum CrashPoint {
    /// A step is made but not committed; answers that it was made of are lost with it.
    BEFORE_COMMIT,
    /// Intents are in the journal, no call was made.
    AFTER_COMMIT,
    /// A call was made and took effect; its answer never arrives.
    AFTER_CALL
}
