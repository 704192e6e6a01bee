package dev.skyhedge.cli.why;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.engine.decision.Alternative;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.spi.Offer;
import java.util.List;
import java.util.Locale;

/// Decisions as scripts read them.
final class WhyJson {
    private WhyJson() {}

    static String why(String replica, KeptDecision kept) {
        ObjectNode node = decision(kept).put("replica", replica);
        List<Action> about = kept.decision().about(replica);
        ArrayNode actions = node.putArray("actions");
        about.forEach(action -> actions.addObject()
                .put("action", action.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .put("reason", action.reason()));
        String service = about.getFirst().service();
        node.put("service", service)
                .set("alternatives", alternatives(kept.decision().alternatives(service)));
        return Json.pretty(node);
    }

    static String whyNot(String place, KeptDecision kept, List<WhyNot> answers) {
        ObjectNode node = decision(kept).put("asked", place);
        ArrayNode services = node.putArray("services");
        for (WhyNot answer : answers) {
            ObjectNode one = services.addObject()
                    .put("service", answer.service())
                    .put("launched", answer.launched().isPresent());
            answer.turn()
                    .ifPresentOrElse(
                            turn -> put(
                                            one.putObject("turned_if"),
                                            turn.launch().offer())
                                    .put("change", turn.change())
                                    .put("reason", turn.launch().reason()),
                            () -> one.putNull("turned_if"));
            one.set("alternatives", alternatives(answer.there()));
        }
        return Json.pretty(node);
    }

    private static ObjectNode decision(KeptDecision kept) {
        return Json.object()
                .put("serial", kept.serial())
                .put("at", kept.at().toString())
                .put("derived_again", kept.decision().isDerivedAgain());
    }

    private static ArrayNode alternatives(List<Alternative> alternatives) {
        ArrayNode array = Json.array();
        alternatives.forEach(one -> put(array.addObject(), one.offer())
                .put("standing", WhyText.word(one.standing()))
                .put("why", one.why()));
        return array;
    }

    private static ObjectNode put(ObjectNode node, Offer offer) {
        return node.put("usd_per_hour", offer.price().usd())
                .put("market", offer.market().word())
                .put("location", offer.location().toString())
                .put("instance_type", offer.instanceType())
                .put("accelerator", offer.accelerator().toString());
    }
}
