/// The one planner: from the spec and the world to the ordered actions that bring the world to the spec.
///
/// Pure: records in, records out. No I/O, no clock, no random source, no mutable static; the same world gives
/// the same plan, byte for byte.
@NullMarked
package dev.skyhedge.engine.plan;

import org.jspecify.annotations.NullMarked;
