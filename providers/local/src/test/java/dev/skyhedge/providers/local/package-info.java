@NullMarked
package dev.skyhedge.providers.local;

import org.jspecify.annotations.NullMarked;
