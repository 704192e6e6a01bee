/// Tests of the plugin against a fake Azure Resource Manager.
@NullMarked
package dev.skyhedge.providers.azure;

import org.jspecify.annotations.NullMarked;
