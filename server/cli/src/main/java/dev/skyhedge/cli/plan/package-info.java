/// `plan`, `apply` and `destroy`, with plans in files and the question before anything happens.
@NullMarked
package dev.skyhedge.cli.plan;

import org.jspecify.annotations.NullMarked;
