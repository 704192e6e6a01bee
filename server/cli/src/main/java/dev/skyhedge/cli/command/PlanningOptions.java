package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What may be asked of a plan beyond the spec.
public final class PlanningOptions {
    private List<String> targets = new ArrayList<>();
    private List<String> replace = new ArrayList<>();
    private List<String> confirmedRemovals = new ArrayList<>();

    /// Has the command take them.
    public void declare(Declaration declared) {
        declared.option("--target", "SERVICE", OptionValues.text())
                .help("Only this service; may be repeated. The result may be incomplete.")
                .all(values -> targets = values);
        declared.option("--replace", "SERVICE[/REPLICA]", OptionValues.text())
                .help("Replace it although nothing is wrong with it; may be repeated. The new one is ready before the "
                        + "old one goes.")
                .all(values -> replace = values);
        declared.option("--confirm-removal", "SERVICE", OptionValues.text())
                .help("This service is really gone from the spec; only needed when an error asks for it.")
                .all(values -> confirmedRemovals = values);
    }

    /// Names of services whose removal the user has confirmed.
    public Set<String> confirmedRemovals() {
        return names(confirmedRemovals);
    }

    /// The names of services, as a user writes them.
    public static Set<String> names(List<String> services) {
        return services.stream().map(PlanningOptions::withoutPrefix).collect(Collectors.toSet());
    }

    /// What the planner is told.
    ///
    /// @throws CommandFailure if something named is not there
    public PlanOptions resolve(Spec spec, Snapshot snapshot, boolean destroy) {
        Set<String> services = new TreeSet<>(spec.workloads().keySet());
        snapshot.services().forEach(service -> services.add(service.name()));
        Set<String> replicas =
                snapshot.replicas().stream().map(ReplicaRecord::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = new TreeSet<>();
        targets.forEach(target -> wanted.add(known(target, withoutPrefix(target), services, "-target")));
        Set<String> replaced = new TreeSet<>();
        for (String address : replace) {
            String name = withoutPrefix(address);
            Set<String> all = new TreeSet<>(services);
            all.addAll(replicas);
            replaced.add(known(address, name.substring(name.indexOf('/') + 1), all, "-replace"));
        }
        return new PlanOptions(wanted, replaced, destroy);
    }

    /// What a user should know about these options.
    public List<Diagnostic> warnings() {
        return targets.isEmpty()
                ? List.of()
                : List.of(Diagnostic.warning(
                        "Resource targeting is in effect",
                        "With -target the plan leaves out services, so the result may not be what the spec declares."));
    }

    private static String withoutPrefix(String address) {
        return address.startsWith("service.") ? address.substring("service.".length()) : address;
    }

    private static String known(String given, String name, Set<String> names, String option) {
        if (!names.contains(name)) {
            throw new CommandFailure(
                    "Nothing to match " + option + "=" + given,
                    names.isEmpty()
                            ? "Nothing is declared or recorded."
                            : "Known are: " + String.join(", ", names) + ".");
        }
        return name;
    }
}
