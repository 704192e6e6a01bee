/// The shell around the reconciler: one loop that takes messages, commits what they lead to before it acts on it, and
/// acts, with what that needs: threads, calls to providers, probes, the heartbeat of the lease. What is done, and why,
/// is decided in the core; nothing here plans.
@NullMarked
package dev.skyhedge.engine.control;

import org.jspecify.annotations.NullMarked;
