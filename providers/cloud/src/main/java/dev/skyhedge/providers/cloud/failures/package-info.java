/// Translation of a cloud's error codes to the failures of the provider contract. The rows live in each plugin.
@NullMarked
package dev.skyhedge.providers.cloud.failures;

import org.jspecify.annotations.NullMarked;
