package dev.skyhedge.providers.aws.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Renting, listing and ending instances.
final class InstanceActions {
    private static final Set<String> FILTERS = Set.of(
            "availability-zone",
            "client-token",
            "instance-id",
            "instance-lifecycle",
            "instance-state-name",
            "instance-type",
            "spot-instance-request-id");
    private static final Set<String> FEW_FILTERS = Set.of("instance-id", "instance-state-name", "instance-type");

    private final Rules rules;

    InstanceActions(Rules rules) {
        this.rules = rules;
    }

    Consumer<Xml> run(Call call) {
        RunOrder order = RunOrder.read(call.form(), call.world(), call.region().name);
        call.begin();
        List<Machine> made = call.region().run(order, call.now());
        return xml -> MachineXml.reservation(xml, made);
    }

    Consumer<Xml> describe(Call call) {
        Set<String> known = rules.filtersByTagOnly ? FEW_FILTERS : FILTERS;
        Filters wanted = read(call, known);
        List<String> ids = call.form().texts("InstanceId");
        boolean paged = call.form().text("MaxResults").isPresent();
        Paging paging = Paging.read(call.form());
        call.begin();
        if (paged && !ids.isEmpty()) {
            throw Ec2Error.badRequest(
                    "InvalidParameterCombination",
                    "The parameter instancesSet cannot be used with the parameter maxResults");
        }
        List<Machine> all = ids.isEmpty()
                ? call.region().machines().stream()
                        .filter(machine -> machine.isVisible(call.now()))
                        .toList()
                : ids.stream().map(id -> call.region().require(id, call.now())).toList();
        List<Machine> found = all.stream()
                .filter(machine -> wanted.match(fields(machine), machine.tags))
                .toList();
        return xml -> xml.list(
                        "reservationSet",
                        paging.page(found),
                        (item, machine) -> MachineXml.reservation(item, List.of(machine)))
                .text("nextToken", paging.next(found));
    }

    private static Filters read(Call call, Set<String> known) {
        try {
            return Filters.read(call.form(), known);
        } catch (Ec2Error e) {
            if (known == FEW_FILTERS) {
                throw new Ec2Error("InternalError", "NotImplementedError: " + e.getMessage(), 500);
            }
            throw e;
        }
    }

    private static Map<String, String> fields(Machine machine) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("availability-zone", machine.order.zone());
        fields.put("client-token", machine.order.clientToken());
        fields.put("instance-id", machine.id);
        fields.put("instance-state-name", machine.state.word);
        fields.put("instance-type", machine.order.type().name());
        machine.spotRequest.ifPresent(request -> {
            fields.put("instance-lifecycle", "spot");
            fields.put("spot-instance-request-id", request);
        });
        return fields;
    }

    Consumer<Xml> terminate(Call call) {
        List<String> ids = call.form().texts("InstanceId");
        call.begin();
        if (ids.isEmpty()) {
            throw Ec2Error.badRequest("MissingParameter", "The request must contain the parameter InstanceId");
        }
        Map<String, Machine.State> before = new TreeMap<>();
        call.region().machines().forEach(machine -> before.put(machine.id, machine.state));
        List<Machine> ended = call.region().terminate(ids, call.now());
        return xml -> xml.list("instancesSet", ended, (item, machine) -> {
            item.text("instanceId", machine.id);
            MachineXml.state(item, "currentState", machine.state);
            MachineXml.state(item, "previousState", before.getOrDefault(machine.id, machine.state));
        });
    }

    Consumer<Xml> createTags(Call call) {
        List<String> ids = call.form().texts("ResourceId");
        Map<String, String> tags = RunOrder.readTags(call.form());
        call.begin();
        List<Machine> machines =
                ids.stream().map(id -> call.region().require(id, call.now())).toList();
        machines.forEach(machine -> machine.tags.putAll(tags));
        return xml -> xml.text("return", true);
    }

    Consumer<Xml> consoleOutput(Call call) {
        String id = call.form().required("InstanceId");
        call.form().flag("Latest");
        call.begin();
        Machine machine = call.region().require(id, call.now());
        String text = machine.console;
        return xml -> xml.text("instanceId", id)
                .text("timestamp", call.now())
                .text("output", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
}
