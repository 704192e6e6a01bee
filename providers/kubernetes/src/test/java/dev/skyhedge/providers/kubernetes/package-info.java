/// Tests of the plugin against a fake cluster, and against the mock server of the client's makers.
@NullMarked
package dev.skyhedge.providers.kubernetes;

import org.jspecify.annotations.NullMarked;
