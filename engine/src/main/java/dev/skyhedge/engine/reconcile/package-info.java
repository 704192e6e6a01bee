/// Keeps the world as the spec wants it.
///
/// [Reconciler] is the core: messages in, a [Step] out, no I/O and no clock of its own, so that watch, apply and
/// simulate share it. [Controller] is the shell around it: threads, provider calls, probes, the store.
@NullMarked
package dev.skyhedge.engine.reconcile;

import org.jspecify.annotations.NullMarked;
