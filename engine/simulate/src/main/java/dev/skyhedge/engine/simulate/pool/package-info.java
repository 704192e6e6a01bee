/// One pool on a virtual clock: `engine.pool` divides its machines among a service, a sweep and
/// streams that are retrained. A fleet for one of them is a pool that nobody else is in.
@NullMarked
package dev.skyhedge.engine.simulate.pool;

import org.jspecify.annotations.NullMarked;
