/// `replica`, `service` and `zone`: commands that tell whoever controls the state what to do beyond the spec.
@NullMarked
package dev.skyhedge.cli.order;

import org.jspecify.annotations.NullMarked;
