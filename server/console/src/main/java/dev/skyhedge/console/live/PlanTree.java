package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Offer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Plans as trees of attributes, units in the names. Words are those of `plan -json` and `why -json`.
public final class PlanTree {
    /// Actions of one plan that are written out; of the rest there is the number.
    static final int MAX_ACTIONS = 200;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PlanTree() {}

    /// The plan in force with its services, and those before it that changed something.
    public static ObjectNode of(Optional<Plan> latest, List<Plan> decisions) {
        ObjectNode node = NODES.objectNode();
        node.set("plan", latest.map(PlanTree::inForce).orElse(null));
        ArrayNode before = node.putArray("decisions");
        decisions.forEach(plan -> before.add(actions(plan)));
        return node;
    }

    private static ObjectNode inForce(Plan plan) {
        ObjectNode node = actions(plan);
        node.put("wake_at", plan.wakeAt().map(Object::toString).orElse(null));
        node.put("budget", plan.budget().map(BudgetStanding::text).orElse(null));
        ArrayNode services = node.putArray("services");
        plan.services().forEach(summary -> services.add(summary(summary)));
        return node;
    }

    /// One service at a glance.
    public static ObjectNode summary(Plan.WorkloadSummary summary) {
        ObjectNode node = NODES.objectNode()
                .put("service", summary.service())
                .put("wanted", summary.wanted())
                .put("wanted_because", summary.wantedBecause())
                .put("spot_target", summary.spotTarget())
                .put("on_demand_target", summary.onDemandTarget())
                .put("serving", summary.serving())
                .put("missing", summary.missing())
                .put("outdated", summary.outdated())
                .put("usd_per_hour", usd(summary.cost().now()))
                .put("settled_usd_per_hour", usd(summary.cost().settled()))
                .put("all_on_demand_usd_per_hour", usd(summary.cost().allOnDemand()));
        node.set("notes", texts(summary.notes()));
        node.set("hopeless", texts(summary.hopeless()));
        return node;
    }

    private static ObjectNode actions(Plan plan) {
        List<Action> visible =
                plan.actions().stream().filter(PlanTree::isVisible).toList();
        ObjectNode node = NODES.objectNode()
                .put("at", plan.at().toString())
                .put("serial", plan.serial())
                .put("action_count", visible.size());
        ArrayNode actions = node.putArray("actions");
        visible.stream().limit(MAX_ACTIONS).forEach(action -> actions.add(action(action)));
        ArrayNode problems = node.putArray("problems");
        plan.problems()
                .forEach(problem -> problems.addObject()
                        .put("service", problem.service())
                        .put("summary", problem.summary())
                        .put("detail", problem.detail()));
        return node;
    }

    private static boolean isVisible(Action action) {
        return !(action instanceof Action.PutWorkload put) || put.isVisible();
    }

    private static ObjectNode action(Action action) {
        Action now = Action.now(action);
        ObjectNode node = NODES.objectNode()
                .put("action", word(now))
                .put("service", action.service())
                .put("later", action instanceof Action.Later)
                .put("reason", action.reason());
        switch (now) {
            case Action.Launch launch -> replica(node, launch.replica(), launch.offer());
            case Action.Drain drain -> replica(node, drain.replica(), drain.offer());
            case Action.Terminate end -> replica(node, end.replica(), end.offer());
            case Action.Adopt adopt -> replica(node, adopt.replica(), adopt.offer());
            case Action.Forget forget -> replica(node, forget.replica(), forget.offer());
            case Action.PutWorkload _, Action.RemoveWorkload _, Action.MoveService _, Action.Later _ -> {}
        }
        return node;
    }

    private static void replica(ObjectNode node, String name, Offer offer) {
        node.put("replica", name)
                .put("market", offer.market().word())
                .put("location", offer.location().toString())
                .put("instance_type", offer.instanceType())
                .put("usd_per_hour", usd(offer.price()));
    }

    private static String word(Action action) {
        return action.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static double usd(HourlyPrice price) {
        return price.microDollars() / 1e6;
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
