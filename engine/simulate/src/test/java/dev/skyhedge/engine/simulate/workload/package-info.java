@NullMarked
package dev.skyhedge.engine.simulate.workload;

import org.jspecify.annotations.NullMarked;
