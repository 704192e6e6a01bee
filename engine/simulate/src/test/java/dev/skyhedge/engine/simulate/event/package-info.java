@NullMarked
package dev.skyhedge.engine.simulate.event;

import org.jspecify.annotations.NullMarked;
