/// What is told while a plan is carried out, and what it came to.
///
/// Pure, as all of [dev.skyhedge.cli.view].
@NullMarked
package dev.skyhedge.cli.view.progress;

import org.jspecify.annotations.NullMarked;
