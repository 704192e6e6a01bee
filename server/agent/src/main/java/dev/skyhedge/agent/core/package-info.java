/// What an agent does about orders and about what it sees of its tasks. Pure: no clock, no files, no processes.
@NullMarked
package dev.skyhedge.agent.core;

import org.jspecify.annotations.NullMarked;
