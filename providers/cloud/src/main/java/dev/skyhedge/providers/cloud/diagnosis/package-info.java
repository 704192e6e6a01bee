/// Findings that every cloud makes about itself in the same words.
@NullMarked
package dev.skyhedge.providers.cloud.diagnosis;

import org.jspecify.annotations.NullMarked;
