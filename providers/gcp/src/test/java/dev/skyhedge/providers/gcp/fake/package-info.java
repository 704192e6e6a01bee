/// Compute Engine on loopback: the REST wire, its operations, its refusals and its faults, over a small model of
/// zones with capacity and quota. Nothing in here knows the plugin; the plugin knows nothing of this.
@NullMarked
package dev.skyhedge.providers.gcp.fake;

import org.jspecify.annotations.NullMarked;
