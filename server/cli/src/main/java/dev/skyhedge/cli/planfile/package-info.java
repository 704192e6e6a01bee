/// Saved plans: what `plan -out` writes and `apply FILE` reads.
///
/// A plan file is input like any other: whatever is wrong with it comes back as a value. Sensitive values never
/// get into it. Nothing in here prints, plans or asks the state.
@NullMarked
package dev.skyhedge.cli.planfile;

import org.jspecify.annotations.NullMarked;
