/// Schedulers of sweeps: which trial of a hyperparameter search runs when, on how much, and which is cut, so that the
/// best model is had by a deadline. Deterministic: told the same, they decide the same. They know trials, iterations
/// and seconds, and nothing of machines, markets or processes.
@NullMarked
package dev.skyhedge.engine.sweep;

import org.jspecify.annotations.NullMarked;
