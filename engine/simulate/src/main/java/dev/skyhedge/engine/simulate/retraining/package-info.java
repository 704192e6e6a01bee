/// Runs schedulers of retraining through a window in which trainings go otherwise than they were predicted.
@NullMarked
package dev.skyhedge.engine.simulate.retraining;

import org.jspecify.annotations.NullMarked;
