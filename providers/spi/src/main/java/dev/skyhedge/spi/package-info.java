/// The vocabulary that every part of Skyhedge shares, and the contract of a provider.
///
/// Only JDK types live here: a provider plugin sees this package, its own SDK and nothing else of ours. Nothing
/// in here does I/O, reads a clock or draws a random number.
@NullMarked
package dev.skyhedge.spi;

import org.jspecify.annotations.NullMarked;
