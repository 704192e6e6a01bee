/// One pool of machines for all workloads: who has how much of it, and what moves. Pure and
/// deterministic: the same pool and the same claims give the same division. It knows claims, and no
/// kind of workload; it says how many machines and shares somebody has, not which.
@NullMarked
package dev.skyhedge.engine.pool;

import org.jspecify.annotations.NullMarked;
