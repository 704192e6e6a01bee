/// The Kubernetes provider: rents pods on the nodes of a cluster that one already has. Translates the
/// contract of a provider to the API of Kubernetes, and the cluster's answers back. No policy lives here.
@NullMarked
package dev.skyhedge.providers.kubernetes;

import org.jspecify.annotations.NullMarked;
