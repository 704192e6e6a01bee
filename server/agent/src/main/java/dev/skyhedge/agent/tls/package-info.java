/// Both ends know the one certificate of the other, and trust no other.
@NullMarked
package dev.skyhedge.agent.tls;

import org.jspecify.annotations.NullMarked;
