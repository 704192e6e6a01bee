/// Providers for the tests of whoever uses one.
@NullMarked
package dev.skyhedge.spi.testing;

import org.jspecify.annotations.NullMarked;
