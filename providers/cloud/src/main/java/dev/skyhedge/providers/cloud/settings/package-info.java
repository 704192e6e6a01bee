/// Settings that every cloud has, read and found good or bad. Nothing here knows a cloud by name.
@NullMarked
package dev.skyhedge.providers.cloud.settings;

import org.jspecify.annotations.NullMarked;
