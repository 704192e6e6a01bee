/// Which replica a request goes to: pure policies over what a [Candidates] tells, each a file. No sockets, no clock, no
/// lock; randomness comes from a counter, so that the same choices in the same order have the same results and a
/// simulation is driven by the very policies that serve.
@NullMarked
package dev.skyhedge.balancer.policy;

import org.jspecify.annotations.NullMarked;
