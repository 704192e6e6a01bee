/// What a plan is made from and what it says: the world, what was asked, and actions with reasons and prices.
/// Records in, records out.
///
/// Decides nothing.
@NullMarked
package dev.skyhedge.engine.plan;

import org.jspecify.annotations.NullMarked;
