package dev.skyhedge.cli.view.plan;

import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.PlacementName;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a plan says of one service.
///
/// @param summary the planner's
/// @param actions those of this service
/// @param recorded as it is in the state; empty for a new one
record ServiceView(Plan.WorkloadSummary summary, List<Action> actions, Optional<WorkloadRecord> recorded) {

    /// Whether its record changes in a way that users would call a change.
    boolean isPut() {
        return isMoved()
                || actions.stream().anyMatch(action -> action instanceof Action.PutWorkload put && put.isVisible());
    }

    /// Whether the service's replicas are only forgotten.
    static boolean forgets(Plan plan, String service) {
        return plan.actions().stream()
                .anyMatch(action ->
                        action instanceof Action.Forget && action.service().equals(service));
    }

    private boolean isMoved() {
        return actions.stream().anyMatch(Action.MoveService.class::isInstance);
    }

    /// Names that do not follow from the service's are explained where they come up first.
    private Optional<String> movedNote() {
        return actions.stream()
                .filter(Action.MoveService.class::isInstance)
                .map(Action.MoveService.class::cast)
                .findFirst()
                .map(move -> "was " + move.before().address() + ": its replicas keep running, and keep their names; "
                        + "ones launched from now on are named after " + summary.service());
    }

    private boolean isRemoved() {
        return actions.stream().anyMatch(Action.RemoveWorkload.class::isInstance);
    }

    /// As it will be recorded; if the plan does not touch it, as it is.
    private Optional<WorkloadRecord> record() {
        return actions.stream()
                .filter(Action.PutWorkload.class::isInstance)
                .map(Action.PutWorkload.class::cast)
                .map(Action.PutWorkload::after)
                .findFirst()
                .or(() -> actions.stream()
                        .filter(Action.MoveService.class::isInstance)
                        .map(action -> ((Action.MoveService) action).after())
                        .findFirst())
                .or(() -> recorded);
    }

    String heading() {
        String address = Words.clean(record().map(WorkloadRecord::address).orElse("service." + summary.service()));
        if (isRemoved()) {
            boolean forgets = actions.stream().anyMatch(Action.Forget.class::isInstance);
            return address + (forgets ? ": to be forgotten" : ": to be removed");
        }
        int spares = spares();
        return address + ": " + Words.grouped(summary.wanted()) + " wanted"
                + (spares > 0 ? ", " + Words.grouped(spares) + " spare" : "")
                + record().flatMap(PlacementName::of)
                        .map(name -> ", placement " + name)
                        .orElse("");
    }

    private int spares() {
        return summary.wanted() == 0
                ? 0
                : record().map(service -> Json.parse(service.specJson())
                                .path("placement")
                                .path("spares")
                                .asInt(0))
                        .orElse(0);
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>(summary.notes());
        movedNote().ifPresent(notes::add);
        outdatedNote().ifPresent(notes::add);
        return notes;
    }

    /// The first plan of a roll-out only launches; this says what follows.
    private Optional<String> outdatedNote() {
        Optional<WorkloadRecord> service = record();
        if (service.isEmpty() || isRemoved() || service.get().failedVersion().isPresent()) {
            return Optional.empty();
        }
        int outdated = summary.outdated();
        return outdated == 0
                ? Optional.empty()
                : Optional.of(Words.count(outdated, "replica") + (outdated == 1 ? " runs" : " run")
                        + " another version; each is ended once a replica of version "
                        + service.get().version()
                        + " serves in its place");
    }
}
