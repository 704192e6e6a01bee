/// What simulations found, and forecasts.
///
/// Pure, as all of [dev.skyhedge.cli.view].
@NullMarked
package dev.skyhedge.cli.view.simulation;

import org.jspecify.annotations.NullMarked;
