/// How what was decided gets done: by a controller in this process, or by an order to the process that watches. Decides
/// nothing.
@NullMarked
package dev.skyhedge.cli.acting;

import org.jspecify.annotations.NullMarked;
