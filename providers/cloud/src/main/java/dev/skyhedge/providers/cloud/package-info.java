/// What the plugins of real clouds have in common: how replicas boot, how calls are paced and repeated, what a
/// catalogue of offers looks like. Packed into each plugin; sees the provider contract and the JDK only, no
/// cloud's client and no policy. One package below for each subject.
@NullMarked
package dev.skyhedge.providers.cloud;

import org.jspecify.annotations.NullMarked;
