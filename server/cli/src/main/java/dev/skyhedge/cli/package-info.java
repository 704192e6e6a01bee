/// The `skyhedge` command: its entry point, and the commands about the command line itself. All others are in packages
/// by subject below this one, on top of [dev.skyhedge.cli.command].
///
/// No decision is taken here. What users see is made in [dev.skyhedge.cli.view], from records; commands only
/// fetch, show and return an exit code.
@NullMarked
package dev.skyhedge.cli;

import org.jspecify.annotations.NullMarked;
