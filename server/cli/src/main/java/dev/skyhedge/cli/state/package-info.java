/// Commands that look at what is recorded, and mend it: `status`, `show`, `events`, `state` and `force-unlock`. None of
/// them asks a cloud.
@NullMarked
package dev.skyhedge.cli.state;

import org.jspecify.annotations.NullMarked;
