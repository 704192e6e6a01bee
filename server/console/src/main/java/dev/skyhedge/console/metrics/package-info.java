/// What the engine did, counted and timed, in the text format of Prometheus.
///
/// Fed with the steps of a controller; knows nothing of HTTP.
@NullMarked
package dev.skyhedge.console.metrics;

import org.jspecify.annotations.NullMarked;
