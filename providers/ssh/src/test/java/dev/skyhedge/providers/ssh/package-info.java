/// Tests of the SSH provider, against a real server where there is one.
@NullMarked
package dev.skyhedge.providers.ssh;

import org.jspecify.annotations.NullMarked;
