/// Tests of the plugin, most of them against the fake cloud.
@NullMarked
package dev.skyhedge.providers.aws;

import org.jspecify.annotations.NullMarked;
