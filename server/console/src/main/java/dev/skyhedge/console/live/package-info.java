/// What the console's page shows beyond the documents of `status` and `spend`: the plan in force, events as they come,
/// traffic, and what was a while ago. All of it is bounded, and nothing of it is waited for by the control loop.
@NullMarked
package dev.skyhedge.console.live;

import org.jspecify.annotations.NullMarked;
