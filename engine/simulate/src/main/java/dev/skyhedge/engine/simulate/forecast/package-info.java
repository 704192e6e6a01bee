/// What a service will cost and how available it will be over the next day: simulated days of the production
/// planner in a market whose zones come and go as the state has seen them do. Pure: what is known goes in, a
/// forecast comes out. No policy lives here, and nothing here reads a state or asks a cloud.
@NullMarked
package dev.skyhedge.engine.simulate.forecast;

import org.jspecify.annotations.NullMarked;
