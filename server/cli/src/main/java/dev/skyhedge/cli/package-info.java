/// The `skyhedge` command: reads arguments, wires the modules together, and shows what they say.
///
/// No decision is taken here. What users see is made in [dev.skyhedge.cli.view], from records; commands only
/// fetch, show and return an exit code.
@NullMarked
package dev.skyhedge.cli;

import org.jspecify.annotations.NullMarked;
