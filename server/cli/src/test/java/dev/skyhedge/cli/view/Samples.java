package dev.skyhedge.cli.view;

import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Task;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Records for the tests of views.
public final class Samples {
    public static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    public static final Offer VIRGINIA = offer("g6.xlarge", "aws/us-east-1/us-east-1a", Market.SPOT, "0.312");
    public static final Offer OREGON = offer("g6.xlarge", "aws/us-west-2/us-west-2b", Market.SPOT, "0.318");
    public static final Offer IOWA = offer("g2-standard-8", "gcp/us-central1/us-central1-b", Market.SPOT, "0.341");
    public static final Offer STAND_IN = offer("g6.xlarge", "aws/us-east-1/us-east-1a", Market.ON_DEMAND, "0.805");
    public static final String SPEC_JSON = """
            {"address":"service.chat","replica":{"image":"vllm:1","command":["--model","llama","--port","8000"],
            "port":8000,"env":{"HF_TOKEN":{"secret":"env:HF_TOKEN"},"KEY":{"sensitive_sha256":"aa"},
            "MODE":{"value":"fast"}}},"placement":{"policy":"spothedge","spares":1},
            "scaling":{"min_replicas":3,"max_replicas":12,"window":"PT1M"},"protect":false}""";

    private Samples() {}

    static Offer offer(String type, String location, Market market, String price) {
        return new Offer(type, Accelerator.parse("L4:1"), Location.parse(location), market, HourlyPrice.ofUsd(price));
    }

    public static WorkloadRecord service(String name, String specJson, int wanted) {
        return new WorkloadRecord(
                name,
                "service." + name,
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit(specJson, "v1", T0),
                wanted,
                WorkloadRecord.ScalingMemory.NONE,
                Optional.empty(),
                Optional.empty(),
                false,
                T0,
                "");
    }

    public static ReplicaRecord replica(String service, int ordinal, Lifecycle lifecycle, Offer offer, String reason) {
        boolean placed = lifecycle != Lifecycle.REQUESTED;
        boolean failed = lifecycle == Lifecycle.FAILED;
        ReplicaRecord decided = ReplicaRecord.decided(
                        new ReplicaKey(service, service + "-" + ordinal, 1),
                        "v1",
                        offer,
                        new IdempotencyToken("t" + ordinal),
                        new Machine.Rental(T0, "", ""),
                        failed ? 2 : 0)
                .withLog(failed ? "loading weights\nout of memory \u001b[31mred\n" : "");
        ReplicaRecord known = placed ? decided.onInstance("i-0" + ordinal, Optional.empty()) : decided;
        ReplicaRecord now = known.in(lifecycle, T0.plusSeconds(42), reason);
        return new ReplicaRecord(
                now.task().with(new Task.Proof(now.readyAt(), Optional.empty(), Optional.empty())), now.machine());
    }

    static Action.Launch launch(String service, int ordinal, Offer offer, String reason) {
        return new Action.Launch(
                service,
                service + "-" + ordinal,
                1,
                "v1",
                offer,
                new IdempotencyToken("t" + ordinal),
                "target",
                0,
                reason);
    }

    static Action.Drain drain(String service, int ordinal, Offer offer, String reason) {
        return new Action.Drain(service, service + "-" + ordinal, 1, offer, Lifecycle.GONE, reason);
    }

    static Action.PutWorkload put(Optional<WorkloadRecord> before, WorkloadRecord after, String reason) {
        return new Action.PutWorkload(before, after, reason);
    }

    static Plan.WorkloadSummary summary(
            String service, int wanted, int spot, int onDemand, Plan.Cost cost, String... notes) {
        return new Plan.WorkloadSummary(service, wanted, "min_replicas", spot, onDemand, 0, cost, List.of(notes));
    }

    private static Plan.WorkloadSummary replacing(int outdated, Plan.WorkloadSummary summary) {
        return new Plan.WorkloadSummary(
                summary.service(),
                summary.wanted(),
                summary.wantedBecause(),
                summary.spotTarget(),
                summary.onDemandTarget(),
                summary.serving(),
                summary.missing(),
                outdated,
                summary.cost(),
                summary.notes(),
                summary.hopeless());
    }

    static Plan.Cost cost(String now, String settled, String allOnDemand) {
        return new Plan.Cost(HourlyPrice.ofUsd(now), HourlyPrice.ofUsd(settled), HourlyPrice.ofUsd(allOnDemand));
    }

    public static Plan plan(List<Action> actions, Plan.WorkloadSummary... services) {
        return new Plan(T0, "lineage-1", 7, actions, List.of(services), List.of(), List.of(), Optional.empty());
    }

    static World world(List<WorkloadRecord> services, Map<String, List<ReplicaRecord>> replicas) {
        var byName = new TreeMap<String, WorkloadRecord>();
        services.forEach(service -> byName.put(service.name(), service));
        return new World(
                T0,
                "lineage-1",
                7,
                byName,
                new TreeMap<>(replicas),
                List.of(),
                List.of(VIRGINIA, OREGON),
                Map.of(),
                List.of(),
                Supply.UNKNOWN,
                RefusedLaunches.NONE,
                List.of(),
                0);
    }

    public static PlanView view(Plan plan) {
        return new PlanView(plan, world(List.of(), Map.of()), List.of(), List.of());
    }

    /// The plan that the architecture shows.
    public static PlanView firstPlan() {
        return view(plan(
                List.of(
                        put(Optional.empty(), service("chat", SPEC_JSON, 3), "min_replicas"),
                        launch("chat", 1, VIRGINIA, "cheapest zone, none of ours in region"),
                        launch("chat", 2, OREGON, "spreads to a second region"),
                        launch("chat", 3, IOWA, "spreads to a second cloud"),
                        launch("chat", 4, OREGON, "spare"),
                        launch("chat", 5, STAND_IN, "stands in until spot is ready")),
                summary("chat", 3, 4, 1, cost("2.094", "1.289", "2.415"))));
    }

    /// A plan that changes one service, replaces a replica and removes another service.
    static PlanView changingPlan() {
        var before = service("chat", SPEC_JSON, 3);
        String changed = SPEC_JSON
                .replace("vllm:1", "vllm:2")
                .replace("12", "16")
                .replace("\"llama\"", "\"llama3\",\"--fast\"")
                .replace("\"aa\"", "\"bb\"");
        var old = service("old", SPEC_JSON, 1);
        var replicas = Map.of(
                "chat",
                List.of(
                        replica("chat", 1, Lifecycle.READY, VIRGINIA, ""),
                        replica("chat", 2, Lifecycle.READY, OREGON, "")));
        var after = new WorkloadRecord(
                "chat",
                "service.chat",
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit(changed, "v2", T0),
                4,
                before.scaling(),
                Optional.empty(),
                Optional.empty(),
                false,
                T0,
                "");
        return new PlanView(
                plan(
                        List.of(
                                put(Optional.of(before), after, "min_replicas"),
                                launch("chat", 3, IOWA, "spreads to a second cloud"),
                                drain("chat", 1, VIRGINIA, "replaced by version v2"),
                                drain("old", 1, OREGON, "service.old is not in the spec"),
                                new Action.RemoveWorkload("old", "service.old is not in the spec")),
                        replacing(
                                1,
                                summary(
                                        "chat",
                                        4,
                                        5,
                                        0,
                                        cost("0.66", "0.66", "3.22"),
                                        "2 spot replicas must wait 30s (no capacity)")),
                        summary("old", 0, 0, 0, Plan.Cost.ZERO)),
                world(List.of(before, old), replicas),
                List.of(new Step.Transition(
                        Optional.of(replica("chat", 4, Lifecycle.READY, OREGON, "")),
                        replica("chat", 4, Lifecycle.PREEMPTED, OREGON, "taken back by the cloud"))),
                List.of(
                        new PlanView.OutputChange("n", Optional.of("2"), Optional.of("3"), false),
                        new PlanView.OutputChange("key", Optional.of("\"s3cr3t\""), Optional.of("\"n3w\""), true)));
    }
}
