/// Runs the one planner against a market on a virtual clock and counts what comes of it.
///
/// [dev.skyhedge.engine.simulate.PaperRun] is the protocol by which SkyServe's paper compares policies: ticks
/// of 30 s, launches and losses in the tick. [dev.skyhedge.engine.simulate.OmniscientBound] is the cheapest
/// that anybody could have done with hindsight. No policy lives here: what is simulated is what production
/// plans. The only package of the engine that may see the simulated provider and the solver.
@NullMarked
package dev.skyhedge.engine.simulate;

import org.jspecify.annotations.NullMarked;
