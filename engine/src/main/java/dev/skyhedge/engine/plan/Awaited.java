package dev.skyhedge.engine.plan;

import dev.skyhedge.state.Lifecycle;
import dev.skyhedge.state.ServiceRecord;
import java.util.List;

/// What an action waits for because services depend on each other.
public sealed interface Awaited {
    /// Names of the services that are waited for.
    List<String> services();

    /// Whether it has come, in this world.
    boolean isOver(World world);

    /// For people.
    String text();

    /// All of them serve with as many replicas as are wanted of them.
    record Serving(List<String> services) implements Awaited {
        public Serving {
            services = List.copyOf(services);
        }

        @Override
        public boolean isOver(World world) {
            return services.stream().allMatch(name -> serves(world, name));
        }

        private static boolean serves(World world, String name) {
            Signals signals = world.signalsOf(name);
            long serving =
                    world.replicasOf(name).stream().filter(signals::isServing).count();
            return world.service(name)
                    .map(ServiceRecord::wanted)
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
        public boolean isOver(World world) {
            return services.stream().noneMatch(name -> isLive(world, name));
        }

        static boolean isLive(World world, String name) {
            return world.replicasOf(name).stream()
                    .map(replica -> replica.lifecycle())
                    .anyMatch(Lifecycle::isLive);
        }

        @Override
        public String text() {
            return "once " + String.join(" and ", services) + (services.size() == 1 ? " is" : " are") + " gone";
        }
    }
}
