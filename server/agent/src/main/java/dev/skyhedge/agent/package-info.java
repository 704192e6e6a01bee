/// The agent: one small program on a machine, which starts tasks by order, watches them, and finds them again
/// after it was killed itself. Here is its shell: processes, files, sockets. What it decides is in `core`.
@NullMarked
package dev.skyhedge.agent;

import org.jspecify.annotations.NullMarked;
