/// The cloud in a box itself: a process of its own that runs instances as processes, in zones with a spot
/// market, and writes down in a file everything that it ever rented.
@NullMarked
package dev.skyhedge.providers.local.daemon;

import org.jspecify.annotations.NullMarked;
