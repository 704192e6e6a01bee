/// `watch`: its options, its log and the question that it asks. What watching is, is in [dev.skyhedge.watch].
@NullMarked
package dev.skyhedge.cli.watch;

import org.jspecify.annotations.NullMarked;
