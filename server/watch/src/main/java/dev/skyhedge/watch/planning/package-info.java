/// A spec beside an open state and open providers: what has to be so before a plan is made or a controller runs. What
/// may not be done although spec and state ask for it is decided by [dev.skyhedge.engine.guard]; here clouds and files
/// are asked. Nothing here acts.
@NullMarked
package dev.skyhedge.watch.planning;

import org.jspecify.annotations.NullMarked;
