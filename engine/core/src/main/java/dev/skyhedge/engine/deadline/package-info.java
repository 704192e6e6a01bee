/// Policies for one job that has to be done by a deadline, on one instance at a time that may
/// move between zones and markets: stay, launch, move, probe or wait. Pure and without memory:
/// what a policy may know is in the [JobView]. Hours are hours since the job began, money is US
/// dollars. Nothing here rents anything.
@NullMarked
package dev.skyhedge.engine.deadline;

import org.jspecify.annotations.NullMarked;
