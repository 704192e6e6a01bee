@NullMarked
package dev.skyhedge.providers.simulated.settings;

import org.jspecify.annotations.NullMarked;
