/// What becomes of rented instances: which are known, how their ends are found out, asked for and told. Every
/// cloud's own words for it stay in its plugin.
@NullMarked
package dev.skyhedge.providers.cloud.lifecycle;

import org.jspecify.annotations.NullMarked;
