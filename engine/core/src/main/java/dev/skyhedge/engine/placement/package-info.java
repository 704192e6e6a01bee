/// Policies that choose between spot and on-demand, between zones, and how many spares to keep.
///
/// Pure: records in, records out. No I/O, no clock, no random source, no mutable static.
@NullMarked
package dev.skyhedge.engine.placement;

import org.jspecify.annotations.NullMarked;
