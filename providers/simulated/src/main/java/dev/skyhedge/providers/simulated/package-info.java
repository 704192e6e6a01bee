/// A cloud in memory, deterministic under its clock and seed: what tests and simulations rent from, and the
/// core of the cloud in a box.
///
/// Nothing in here waits, reads a system clock or does I/O: time is what [Cloud#advanceTo] says, effects go
/// through [Machines] and the [Ledger]'s writer.
@NullMarked
package dev.skyhedge.providers.simulated;

import org.jspecify.annotations.NullMarked;
