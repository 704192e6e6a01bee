/// The door of a plugin: settings are read and checked, the price list in force is found. What opens behind it is
/// each plugin's own.
@NullMarked
package dev.skyhedge.providers.cloud.opening;

import org.jspecify.annotations.NullMarked;
