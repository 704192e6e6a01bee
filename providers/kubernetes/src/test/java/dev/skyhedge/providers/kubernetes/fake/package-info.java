/// The API server of a small cluster on loopback, with a scheduler and kubelets behind it: in memory, in
/// virtual time, spoken to over HTTP. It knows nothing of the plugin, and what it does not know is an
/// error.
@NullMarked
package dev.skyhedge.providers.kubernetes.fake;

import org.jspecify.annotations.NullMarked;
