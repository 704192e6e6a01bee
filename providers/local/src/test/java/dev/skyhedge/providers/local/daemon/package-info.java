@NullMarked
package dev.skyhedge.providers.local.daemon;

import org.jspecify.annotations.NullMarked;
