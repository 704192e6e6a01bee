/// The protocol as JSON. It reads and writes bytes and knows no sockets.
@NullMarked
package dev.skyhedge.agent.wire;

import org.jspecify.annotations.NullMarked;
