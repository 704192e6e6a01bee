@NullMarked
package dev.skyhedge.engine.simulate.forecast;

import org.jspecify.annotations.NullMarked;
