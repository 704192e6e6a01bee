/// What every provider must do, as tests that run against any of them.
@NullMarked
package dev.skyhedge.spi.conformance;

import org.jspecify.annotations.NullMarked;
