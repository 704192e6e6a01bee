/// What is between a command and whoever runs it: the terminal and its width, signals, exit codes, the log, and the
/// queues that keep a paused terminal from stopping a process. Knows nothing of what is shown.
@NullMarked
package dev.skyhedge.cli.terminal;

import org.jspecify.annotations.NullMarked;
