/// Tables in files: comma-separated lines, read one at a time within limits, with the place of every cell.
///
/// Knows nothing of what the cells mean; text with quotes is the spec language's `csvdecode`, not this.
@NullMarked
package dev.skyhedge.providers.simulated.table;

import org.jspecify.annotations.NullMarked;
