@NullMarked
package dev.skyhedge.providers.simulated;

import org.jspecify.annotations.NullMarked;
