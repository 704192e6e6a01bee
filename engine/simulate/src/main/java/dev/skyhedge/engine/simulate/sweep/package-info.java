/// Sweeps on a virtual clock: the schedulers of `engine.sweep` against recorded learning curves.
@NullMarked
package dev.skyhedge.engine.simulate.sweep;

import org.jspecify.annotations.NullMarked;
