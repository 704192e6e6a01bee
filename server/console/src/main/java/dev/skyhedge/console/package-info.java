/// The admin port: an HTTP server that shows what the engine does, and lets it be woken.
///
/// It is told everything through [ConsoleSources] and keeps no state of its own. No policy, no storage and no
/// command line live here.
@NullMarked
package dev.skyhedge.console;

import org.jspecify.annotations.NullMarked;
