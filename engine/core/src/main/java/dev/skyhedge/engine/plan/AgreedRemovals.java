package dev.skyhedge.engine.plan;

import java.util.Set;

/// Which services may go because the spec does not declare them any more. A missing block is no order by itself:
/// the file may be half written, of another service, or of last week.
public sealed interface AgreedRemovals {
    /// Whoever asked for the plan has seen what goes.
    AgreedRemovals ALL = new All();

    AgreedRemovals NONE = new Only(Set.of());

    /// Whether this service may go.
    boolean include(String service);

    /// All of them.
    record All() implements AgreedRemovals {
        @Override
        public boolean include(String service) {
            return true;
        }
    }

    /// These.
    ///
    /// @param services their names
    record Only(Set<String> services) implements AgreedRemovals {
        public Only {
            services = Set.copyOf(services);
        }

        @Override
        public boolean include(String service) {
            return services.contains(service);
        }
    }
}
