/// Mixes of accelerators on a virtual clock: fleets that follow a curve of request rates, and
/// what they cost.
@NullMarked
package dev.skyhedge.engine.simulate.accelerators;

import org.jspecify.annotations.NullMarked;
