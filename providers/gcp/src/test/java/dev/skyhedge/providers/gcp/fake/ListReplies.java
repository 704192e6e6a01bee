package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.AcceleratorType;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.skyhedge.providers.cloud.fake.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Answers of list methods: filtered, cut into pages, and for aggregated lists sorted into scopes with the
/// warnings that the API puts there.
final class ListReplies {
    private static final int DEFAULT_PAGE = 500;
    private static final int MAX_PAGE = 500;
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private ListReplies() {}

    /// A resource of a scope such as `zones/us-central1-a`.
    record Scoped(String scope, Message resource) {}

    /// One page.
    private record Page(List<Scoped> items, Optional<String> next) {}

    static JsonObject list(ApiMethod.Request request, String kind, List<Scoped> all, Message type) {
        Page page = page(request, all, type);
        JsonArray items = new JsonArray();
        page.items.forEach(item -> items.add(json(item.resource)));
        JsonObject reply = head(kind, page);
        if (!items.isEmpty()) {
            reply.add("items", items);
        }
        return reply;
    }

    static JsonObject aggregated(
            ApiMethod.Request request,
            String kind,
            String field,
            List<Scoped> all,
            Message type,
            List<String> scopes,
            Set<String> unreachable) {
        boolean partial = request.optional("return_partial_success")
                .filter("true"::equals)
                .isPresent();
        if (!unreachable.isEmpty() && !partial) {
            throw new Refusal(503, "backendError", "Some zones could not be asked: " + unreachable);
        }
        Page page = page(request, all, type);
        JsonObject items = new JsonObject();
        for (String scope : scopes) {
            List<Scoped> mine =
                    page.items.stream().filter(item -> item.scope.equals(scope)).toList();
            JsonObject scoped = new JsonObject();
            if (unreachable.contains(scope)) {
                scoped.add("warning", warning("UNREACHABLE", "Scope '" + scope + "' could not be reached.", scope));
            } else if (mine.isEmpty()) {
                scoped.add(
                        "warning",
                        warning(
                                "NO_RESULTS_ON_PAGE",
                                "There are no results for scope '" + scope + "' on this page.",
                                scope));
            } else {
                JsonArray list = new JsonArray();
                mine.forEach(item -> list.add(json(item.resource)));
                scoped.add(field, list);
            }
            items.add(scope, scoped);
        }
        JsonObject reply = head(kind, page);
        reply.add("items", items);
        if (!unreachable.isEmpty()) {
            JsonArray names = new JsonArray();
            unreachable.forEach(names::add);
            reply.add("unreachables", names);
        }
        return reply;
    }

    private static JsonObject head(String kind, Page page) {
        JsonObject reply = new JsonObject();
        reply.addProperty("kind", kind);
        reply.addProperty("id", "projects/test");
        page.next.ifPresent(next -> reply.addProperty("nextPageToken", next));
        return reply;
    }

    private static JsonObject warning(String code, String message, String scope) {
        JsonObject data = new JsonObject();
        data.addProperty("key", "scope");
        data.addProperty("value", scope);
        JsonArray all = new JsonArray();
        all.add(data);
        JsonObject warning = new JsonObject();
        warning.addProperty("code", code);
        warning.addProperty("message", message);
        warning.add("data", all);
        return warning;
    }

    private static Page page(ApiMethod.Request request, List<Scoped> all, Message type) {
        Predicate<MessageOrBuilder> filter = request.optional("filter")
                .map(text -> ListFilter.parse(text, type))
                .orElse(resource -> true);
        List<Scoped> wanted = new ArrayList<>();
        for (Scoped item : all) {
            if (filter.test(item.resource)) {
                wanted.add(item);
            }
        }
        int size = request.optional("max_results").map(Integer::parseInt).orElse(DEFAULT_PAGE);
        if (size < 0 || size > MAX_PAGE) {
            throw Refusals.invalid("maxResults", String.valueOf(size), "Must be in [0, 500]");
        }
        int from = request.optional("page_token").map(ListReplies::offset).orElse(0);
        int to = Math.min(wanted.size(), from + size);
        return new Page(
                wanted.subList(Math.min(from, to), to),
                to < wanted.size() ? Optional.of("page-" + to) : Optional.empty());
    }

    private static int offset(String token) {
        if (!token.matches("page-[0-9]+")) {
            throw Refusals.invalid("pageToken", token, "Invalid token.");
        }
        return Integer.parseInt(token.substring("page-".length()));
    }

    static String text(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject json(Message message) {
        return JsonParser.parseString(text(message)).getAsJsonObject();
    }

    static List<Scoped> acceleratorTypes(FakeCompute cloud, Optional<String> only) {
        List<Scoped> all = new ArrayList<>();
        cloud.geography().accelerators().forEach((zone, types) -> {
            if (only.isEmpty() || only.get().equals(zone)) {
                types.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(type -> all.add(new Scoped(
                                "zones/" + zone,
                                AcceleratorType.newBuilder()
                                        .setKind("compute#acceleratorType")
                                        .setName(type.getKey())
                                        .setMaximumCardsPerInstance(type.getValue())
                                        .setZone(cloud.prefix() + "/zones/" + zone)
                                        .setSelfLink(cloud.prefix() + "/zones/" + zone + "/acceleratorTypes/"
                                                + type.getKey())
                                        .build())));
            }
        });
        return all;
    }

    static List<Scoped> machineTypes(FakeCompute cloud, Optional<String> only) {
        List<Scoped> all = new ArrayList<>();
        for (String zone : cloud.geography().accelerators().keySet()) {
            cloud.geography().machines().forEach((name, machine) -> {
                if (cloud.geography().hasMachine(zone, name)
                        && (only.isEmpty() || only.get().equals(zone))) {
                    all.add(new Scoped("zones/" + zone, machineType(cloud, zone, name, machine)));
                }
            });
        }
        return all;
    }

    static MachineType machineType(FakeCompute cloud, String zone, String name, FakeGeography.Machine machine) {
        MachineType.Builder type = MachineType.newBuilder()
                .setKind("compute#machineType")
                .setName(name)
                .setGuestCpus(machine.cpus())
                .setMemoryMb(machine.memoryMb())
                .setZone(zone)
                .setSelfLink(cloud.prefix() + "/zones/" + zone + "/machineTypes/" + name);
        machine.accelerator()
                .ifPresent(accelerator -> type.addAccelerators(com.google.cloud.compute.v1.Accelerators.newBuilder()
                        .setGuestAcceleratorType(accelerator)
                        .setGuestAcceleratorCount(machine.acceleratorCount())));
        return type.build();
    }

    static List<Scoped> operations(List<Operation> operations) {
        List<Scoped> all = new ArrayList<>();
        for (Operation operation : operations) {
            all.add(new Scoped("zones/" + FakeInstance.lastSegment(operation.getZone()), operation));
        }
        return all;
    }
}
