package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.policy.Policy;
import dev.skyhedge.specs.EndpointSpec;

/// The balancer's words for the policies of a spec.
public final class RoutingPolicies {
    private RoutingPolicies() {}

    /// The one that an endpoint names.
    public static Policy of(EndpointSpec.Policy policy) {
        return switch (policy) {
            case LEAST_LOAD -> Policy.LEAST_LOAD;
            case ROUND_ROBIN -> Policy.ROUND_ROBIN;
            case POWER_OF_TWO -> Policy.POWER_OF_TWO;
            case SESSION -> Policy.SESSION;
            case STRICT_SESSION -> Policy.STRICT_SESSION;
            case PREFIX_AFFINITY -> Policy.PREFIX_AFFINITY;
            case TOKEN_WEIGHTED -> Policy.TOKEN_WEIGHTED;
            case MELANGE -> Policy.MELANGE;
        };
    }
}
