/// The data plane: one HTTP front for the replicas of one service. A routing table goes in, signals and
/// statistics come out; it knows nothing else of ours.
///
/// The public types are that border. Everything else is package-private: the front (Jetty server), the upstream
/// connections (Jetty client), and between them small state machines; the policies are a package of their own. No
/// planning, no cloud, no state on disk may live here.
@NullMarked
package dev.skyhedge.balancer;

import org.jspecify.annotations.NullMarked;
