/// Where pods may run, as settings declare it or as nodes show it: pools with their labels, taints, prices and places.
///
/// Pure: settings and labels in, values out. No call to a cluster.
@NullMarked
package dev.skyhedge.providers.kubernetes.pool;

import org.jspecify.annotations.NullMarked;
