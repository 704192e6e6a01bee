/// Price lists: their file, the one in force, and the offers that follow from it.
@NullMarked
package dev.skyhedge.providers.cloud.catalog;

import org.jspecify.annotations.NullMarked;
