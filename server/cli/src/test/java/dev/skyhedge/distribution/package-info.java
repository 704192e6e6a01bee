/// Tests of the launcher scripts, as processes. Nothing here looks at the command itself.
@NullMarked
package dev.skyhedge.distribution;

import org.jspecify.annotations.NullMarked;
