/// Tests of the plugin against a fake Compute Engine.
@NullMarked
package dev.skyhedge.providers.gcp;

import org.jspecify.annotations.NullMarked;
