/// Expressions to values. Pure: an evaluation sees its environment and its limits, and nothing else.
@NullMarked
package dev.skyhedge.specs.evaluation;

import org.jspecify.annotations.NullMarked;
