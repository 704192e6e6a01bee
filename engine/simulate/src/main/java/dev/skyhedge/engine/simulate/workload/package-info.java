/// Requests over time: read from files or made up, always drawn from generators that are given.
///
/// Nothing here knows of replicas, policies or prices.
@NullMarked
package dev.skyhedge.engine.simulate.workload;

import org.jspecify.annotations.NullMarked;
