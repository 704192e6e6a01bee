package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is still to come of an update once a plan has been carried out.
///
/// @param service its name
/// @param come replicas still to be launched
/// @param go replicas still to be ended
/// @param pace how many at a time, for people
record Replacements(String service, int come, int go, String pace) {
    /// Of each service that has any.
    static List<Replacements> of(PlanView view) {
        List<Replacements> later = new ArrayList<>();
        for (Plan.WorkloadSummary summary : view.plan().services()) {
            if (summary.outdated() > 0) {
                later.add(of(view, summary));
            }
        }
        return later;
    }

    private static Replacements of(PlanView view, Plan.WorkloadSummary summary) {
        List<Action> actions = view.actionsByService().getOrDefault(summary.service(), List.of());
        Set<String> ending = actions.stream()
                .flatMap(action -> switch (Action.now(action)) {
                    case Action.Drain drain -> Stream.of(drain.replica());
                    case Action.Terminate terminate -> Stream.of(terminate.replica());
                    case Action.PutWorkload _,
                            Action.RemoveWorkload _,
                            Action.Launch _,
                            Action.MoveService _,
                            Action.Adopt _,
                            Action.Forget _,
                            Action.Later _ -> Stream.<String>empty();
                })
                .collect(Collectors.toSet());
        long launched = actions.stream()
                .filter(action -> Action.now(action) instanceof Action.Launch)
                .count();
        long left = view.world().replicas().getOrDefault(summary.service(), List.of()).stream()
                .filter(replica -> replica.lifecycle().isRising() && !ending.contains(replica.name()))
                .count();
        long kept = left - summary.outdated();
        long missing = summary.spotTarget() + summary.onDemandTarget() - kept - launched;
        return new Replacements(
                summary.service(),
                (int) Math.max(0, missing),
                summary.outdated(),
                pace(record(view, actions, summary)));
    }

    /// As it will be recorded; if the plan does not touch it, as it is.
    private static Optional<WorkloadRecord> record(PlanView view, List<Action> actions, Plan.WorkloadSummary summary) {
        return actions.stream()
                .flatMap(action -> action instanceof Action.PutWorkload put
                        ? Stream.of(put.after())
                        : Stream.<WorkloadRecord>empty())
                .findFirst()
                .or(() -> Optional.ofNullable(view.world().workloads().get(summary.service())));
    }

    private static String pace(Optional<WorkloadRecord> service) {
        JsonNode update = service.map(record -> Json.parse(record.specJson()).path("update"))
                .orElseGet(Json::object);
        if (update.path("mode").asText().equals("blue_green")) {
            return "all at once, when as many new ones serve";
        }
        int surge = update.path("surge").asInt(1);
        return surge == 1 ? "one at a time" : "up to " + surge + " at a time";
    }

    /// How all of them go on, for people.
    static String pace(List<Replacements> later) {
        List<String> paces = later.stream().map(Replacements::pace).distinct().toList();
        return paces.size() == 1 ? ", " + paces.getFirst() : "";
    }
}
