/// The event mode of the simulator: the production reconciler, planner and autoscaler on a virtual clock, against
/// the simulated cloud's market, with requests that wait, are answered and are lost.
///
/// [SimulatedController] is the controller's shell with time instead of threads. [EventSimulation] wires it to a
/// cloud, machines that take time, and [RequestTraffic]. Nothing here decides anything: there is no policy, and
/// no second planner.
@NullMarked
package dev.skyhedge.engine.simulate.event;

import org.jspecify.annotations.NullMarked;
