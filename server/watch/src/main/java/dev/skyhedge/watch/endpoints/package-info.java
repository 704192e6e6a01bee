/// The data plane of a watch: one balancer behind the endpoint of each service. Translates between the words of the
/// engine and of the balancer, policies and weights among them. Waits for nobody but its own balancers.
@NullMarked
package dev.skyhedge.watch.endpoints;

import org.jspecify.annotations.NullMarked;
