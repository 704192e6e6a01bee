/// What is recorded and how it stands: status, events, orders, the log of a watch, and the contents of a state.
///
/// Pure, as all of [dev.skyhedge.cli.view].
@NullMarked
package dev.skyhedge.cli.view.status;

import org.jspecify.annotations.NullMarked;
