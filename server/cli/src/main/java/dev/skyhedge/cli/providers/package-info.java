/// Commands about providers: `catalog`, `doctor`, and those that a plugin adds.
@NullMarked
package dev.skyhedge.cli.providers;

import org.jspecify.annotations.NullMarked;
