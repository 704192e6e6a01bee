/// Finds out what one replica sustains: requests of one size, at rates that rise until it does not
/// keep up.
@NullMarked
package dev.skyhedge.load.profile;

import org.jspecify.annotations.NullMarked;
