@NullMarked
package dev.skyhedge.providers.simulated.market;

import org.jspecify.annotations.NullMarked;
