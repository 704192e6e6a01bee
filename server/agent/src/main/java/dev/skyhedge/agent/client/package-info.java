/// A controller's end of the protocol.
@NullMarked
package dev.skyhedge.agent.client;

import org.jspecify.annotations.NullMarked;
