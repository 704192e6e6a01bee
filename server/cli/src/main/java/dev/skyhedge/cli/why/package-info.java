/// `why` and `why-not`: decisions that the state has kept, told to people.
@NullMarked
package dev.skyhedge.cli.why;

import org.jspecify.annotations.NullMarked;
