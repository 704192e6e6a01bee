/// Keeps the world as the spec wants it: what is known, what each message changes of it, and what is to be committed
/// and done about it. [Reconciler] takes messages and answers with a [Step]; it does no I/O and has no clock, so that
/// watch, apply and simulate share it.
@NullMarked
package dev.skyhedge.engine.reconcile;

import org.jspecify.annotations.NullMarked;
