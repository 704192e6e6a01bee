/// The cloud in a box as its clients see it: the provider plugin, and starting, asking and stopping the daemon.
///
/// People run short commands all day, so this side stays light: nothing in here loads the cloud itself.
@NullMarked
package dev.skyhedge.providers.local;

import org.jspecify.annotations.NullMarked;
