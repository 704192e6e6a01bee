/// Schedulers of retraining windows: how the GPUs of one place are divided between serving the models of streams and
/// retraining them, so that the accuracy that is served is highest. Pure and deterministic: the same situation gives
/// the same plan. They know streams, shares and seconds, and nothing of machines, markets or processes.
@NullMarked
package dev.skyhedge.engine.retraining;

import org.jspecify.annotations.NullMarked;
