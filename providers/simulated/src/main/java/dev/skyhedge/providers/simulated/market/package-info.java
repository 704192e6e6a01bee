/// Spot markets: how many instances can be had where, at which price, over time.
///
/// A market is a value that is looked up by time. Nothing in here knows of instances, reads a clock or rents
/// anything.
@NullMarked
package dev.skyhedge.providers.simulated.market;

import org.jspecify.annotations.NullMarked;
