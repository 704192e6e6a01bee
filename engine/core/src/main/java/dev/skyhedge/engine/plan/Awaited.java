package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadSpec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.List;
import java.util.Optional;

/// What an action waits for because services depend on each other.
public sealed interface Awaited {
    /// Names of the services that are waited for.
    List<String> services();

    /// Whether it has come, in this world and under this spec.
    boolean isOver(World world, Spec spec);

    /// For people.
    String text();

    /// All of them serve with as many replicas as are wanted of them.
    record Serving(List<String> services) implements Awaited {
        public Serving {
            services = List.copyOf(services);
        }

        @Override
        public boolean isOver(World world, Spec spec) {
            return services.stream().allMatch(name -> serves(world, name));
        }

        private static boolean serves(World world, String name) {
            Signals signals = world.signalsOf(name);
            long serving =
                    world.replicasOf(name).stream().filter(signals::isServing).count();
            return world.service(name)
                    .map(WorkloadRecord::wanted)
                    .filter(wanted -> serving >= wanted)
                    .isPresent();
        }

        @Override
        public String text() {
            return "once " + String.join(" and ", services) + (services.size() == 1 ? " is" : " are") + " ready";
        }
    }

    /// None of them has a live replica any more.
    record Gone(List<String> services) implements Awaited {
        public Gone {
            services = List.copyOf(services);
        }

        @Override
        public boolean isOver(World world, Spec spec) {
            return services.stream().noneMatch(name -> isLive(world, name));
        }

        public static boolean isLive(World world, String name) {
            return world.replicasOf(name).stream()
                    .map(replica -> replica.lifecycle())
                    .anyMatch(Lifecycle::isLive);
        }

        @Override
        public String text() {
            return "once " + String.join(" and ", services) + (services.size() == 1 ? " is" : " are") + " gone";
        }
    }

    /// The preconditions of the service, which ask for what was not known before, are met.
    record Checked(String service) implements Awaited {
        @Override
        public List<String> services() {
            return List.of(service);
        }

        @Override
        public boolean isOver(World world, Spec spec) {
            return Optional.ofNullable(spec.workloads().get(service))
                    .map(WorkloadSpec::preconditions)
                    .orElse(List.of())
                    .isEmpty();
        }

        @Override
        public String text() {
            return "once its precondition is found to be met";
        }
    }
}
