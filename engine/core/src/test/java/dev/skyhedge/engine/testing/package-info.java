/// Specs and worlds that the tests of all engine packages share. No production code may see it.
@NullMarked
package dev.skyhedge.engine.testing;

import org.jspecify.annotations.NullMarked;
