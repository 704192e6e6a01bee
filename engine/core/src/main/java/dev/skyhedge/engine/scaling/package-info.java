/// How many replicas are wanted. Pure, like placement.
@NullMarked
package dev.skyhedge.engine.scaling;

import org.jspecify.annotations.NullMarked;
