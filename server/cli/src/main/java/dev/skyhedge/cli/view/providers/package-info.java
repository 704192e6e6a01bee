/// What is told of providers: whether they can be used, and what they ask.
///
/// Pure, as all of [dev.skyhedge.cli.view].
@NullMarked
package dev.skyhedge.cli.view.providers;

import org.jspecify.annotations.NullMarked;
