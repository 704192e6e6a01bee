/// What a controller and an agent say to each other, as values: JDK types and records only.
@NullMarked
package dev.skyhedge.agent.protocol;

import org.jspecify.annotations.NullMarked;
