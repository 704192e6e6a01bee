/// Where the two floors of planning meet: what a kind of workload is to the planner, and the planner, which has
/// each kind say what it wants, the fleet grant what there is room for, and makes one plan of it.
///
/// Knows what a kind is, and none of them.
@NullMarked
package dev.skyhedge.engine.workload;

import org.jspecify.annotations.NullMarked;
