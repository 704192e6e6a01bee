package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import dev.skyhedge.providers.cloud.fake.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What each call answers.
final class Calls {
    private static final String RETRY_SECONDS = "1";
    private static final String VERSION = "2025-04-01";
    private static final List<String> POOR = List.of("VirtualMachines.", "NetworkInterfaces.", "PublicIPAddresses.");

    private final FakeMachines cloud;
    private final FakeRules rules;
    private final String subscription;
    private final MachineShapes shapes;

    Calls(FakeMachines cloud, FakeRules rules, String subscription) {
        this.cloud = cloud;
        this.rules = rules;
        this.subscription = subscription;
        this.shapes = new MachineShapes(cloud, rules, subscription);
    }

    /// A call as it came.
    ///
    /// @param about what the path names, after the subscription
    /// @param self the address without its query
    record Asked(
            String name,
            List<String> about,
            Map<String, String> query,
            String body,
            boolean onlyNew,
            String endpoint,
            String self) {
        String at(int index) {
            return about.get(index);
        }
    }

    Reply answer(Asked asked, Optional<Refusal> planned) {
        if (rules.poor() && !POOR.stream().anyMatch(asked.name()::startsWith)) {
            throw new Refusal(404, "NotFound", "The emulator does not know " + asked.self());
        }
        return switch (asked.name()) {
            case "VirtualMachines.CreateOrUpdate" -> create(asked, planned);
            case "VirtualMachines.Get" -> {
                FakeMachine machine = cloud.get(asked.at(0), asked.at(1));
                String expand = asked.query().getOrDefault("$expand", "");
                if (!List.of("", "instanceView", "userData").contains(expand)) {
                    throw new Refusal(400, "InvalidParameter", "The value of $expand is not valid.");
                }
                yield Replies.json(200, shapes.show(machine, expand.equals("instanceView")));
            }
            case "VirtualMachines.InstanceView" ->
                Replies.json(200, cloud.get(asked.at(0), asked.at(1)).view(now()));
            case "VirtualMachines.Delete" -> {
                if (!cloud.delete(asked.at(0), asked.at(1))) {
                    yield Reply.empty(204);
                }
                FakeMachine machine = cloud.get(asked.at(0), asked.at(1));
                String operation = operation(asked.endpoint(), machine, "d");
                yield Reply.empty(202)
                        .with("Location", operation + "&monitor=true")
                        .with("Azure-AsyncOperation", operation)
                        .with("Retry-After", RETRY_SECONDS);
            }
            case "VirtualMachines.SimulateEviction" -> {
                FakeMachine machine = cloud.get(asked.at(0), asked.at(1));
                if (!machine.isSpot()) {
                    throw new Refusal(409, "OperationNotAllowed", "Only Spot machines can be evicted.");
                }
                cloud.evict(machine.id());
                yield Reply.empty(204);
            }
            case "VirtualMachines.List" ->
                page(asked, cloud.list(Optional.of(asked.at(0))), one -> shapes.show(one, false));
            case "VirtualMachines.ListAll" -> {
                boolean runs = asked.query().getOrDefault("statusOnly", "").equals("true");
                yield page(
                        asked, cloud.list(Optional.empty()), one -> runs ? shapes.run(one) : shapes.show(one, false));
            }
            case "ResourceSkus.List" -> Replies.json(200, Json.object("value", skus(asked)));
            case "Usage.List" -> Replies.json(200, Json.object("value", cloud.usages(asked.at(0))));
            case "Operations.Get" -> progress(asked);
            case "NetworkInterfaces.List" -> page(asked, networked(asked), one -> shapes.networkInterface(one));
            case "PublicIPAddresses.List" -> page(asked, networked(asked), one -> shapes.publicAddress(one));
            case "VirtualNetworks.Get" ->
                Replies.json(200, cloud.networks().get(asked.at(0), "virtualNetworks", asked.at(1)));
            case "NetworkSecurityGroups.Get" ->
                Replies.json(200, cloud.networks().get(asked.at(0), "networkSecurityGroups", asked.at(1)));
            case "ResourceGroups.CreateOrUpdate" -> {
                Map<String, Object> group = Json.read(asked.body());
                boolean made = cloud.putGroup(asked.at(0), group);
                yield Replies.json(made ? 201 : 200, group(asked.at(0), group));
            }
            case "ResourceGroups.Get" ->
                Replies.json(
                        200,
                        group(
                                asked.at(0),
                                cloud.group(asked.at(0))
                                        .orElseThrow(() -> new Refusal(
                                                404,
                                                "ResourceGroupNotFound",
                                                "Resource group '" + asked.at(0) + "' could not be found."))));
            case "RetailPrices.List" ->
                RetailList.page(
                        asked.query().getOrDefault("$filter", ""),
                        asked.query().getOrDefault("$skip", "0"),
                        asked.self());
            default -> throw new IllegalStateException("No answer to " + asked.name());
        };
    }

    private Instant now() {
        return cloud.clock().instant();
    }

    private Reply create(Asked asked, Optional<Refusal> planned) {
        Map<String, Object> body;
        try {
            body = Json.read(asked.body());
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "InvalidRequestContent", "The request content was invalid: " + e.getMessage());
        }
        FakeMachines.Put put = cloud.put(asked.at(0), asked.at(1), body, asked.onlyNew() && !rules.poor(), planned);
        Reply reply = Replies.json(put.created() ? 201 : 200, shapes.show(put.machine(), false));
        return rules.poor()
                ? reply
                : reply.with("Azure-AsyncOperation", operation(asked.endpoint(), put.machine(), "c"))
                        .with("Retry-After", RETRY_SECONDS)
                        .with("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/PutVM3Min;825");
    }

    private String operation(String endpoint, FakeMachine machine, String kind) {
        return endpoint + "/subscriptions/" + subscription + "/providers/Microsoft.Compute/locations/"
                + machine.region() + "/operations/" + kind + machine.number + "?p=1&api-version=" + VERSION;
    }

    private Reply progress(Asked asked) {
        String id = asked.at(1);
        FakeMachine machine = id.matches("[cd][0-9]{1,8}")
                ? cloud.byNumber(Integer.parseInt(id.substring(1))).orElseThrow(() -> unknown(id))
                : unknownMachine(id);
        boolean creation = id.startsWith("c");
        boolean monitor = asked.query().containsKey("monitor");
        boolean done = creation ? !now().isBefore(machine.madeAt) || !machine.exists(now()) : !machine.exists(now());
        if (monitor) {
            return done ? Reply.empty(204) : Reply.empty(202).with("Retry-After", RETRY_SECONDS);
        }
        Map<String, Object> told = Json.object("startTime", machine.createdAt.toString(), "name", id);
        if (!done) {
            told.put("status", "InProgress");
            return Replies.json(200, told).with("Retry-After", RETRY_SECONDS);
        }
        told.put("endTime", now().toString());
        boolean failed = creation && machine.failure.isPresent();
        told.put("status", failed ? "Failed" : "Succeeded");
        if (failed) {
            Refusal why = machine.failure.get();
            told.put("error", Json.object("code", why.code(), "message", String.valueOf(why.getMessage())));
        }
        return Replies.json(200, told);
    }

    private static Refusal unknown(String id) {
        return new Refusal(404, "NotFound", "The entity " + id + " was not found.");
    }

    private static FakeMachine unknownMachine(String id) {
        throw unknown(id);
    }

    private Reply page(Asked asked, List<FakeMachine> all, Function<FakeMachine, Map<String, Object>> shown) {
        int from = Integer.parseInt(asked.query().getOrDefault("$skiptoken", "0"));
        int to = Math.min(all.size(), from + rules.pageSize());
        List<Object> value = new ArrayList<>();
        all.subList(Math.min(from, to), to).forEach(one -> value.add(shown.apply(one)));
        Map<String, Object> page = Json.object("value", value);
        if (to < all.size()) {
            StringBuilder next =
                    new StringBuilder(asked.self()).append("?$skiptoken=").append(to);
            asked.query().forEach((name, text) -> {
                if (!name.equals("$skiptoken")) {
                    next.append('&').append(name).append('=').append(text);
                }
            });
            page.put("nextLink", next.toString());
        }
        return Replies.json(200, page);
    }

    private List<Object> skus(Asked asked) {
        String filter = asked.query().getOrDefault("$filter", "");
        if (!filter.matches("location eq '[a-z0-9]+'")) {
            throw new Refusal(400, "InvalidFilter", "Only location eq '…' is supported: " + filter);
        }
        return cloud.geography().skus(filter.substring("location eq '".length(), filter.length() - 1));
    }

    private Map<String, Object> group(String name, Map<String, Object> group) {
        Map<String, Object> shown = Json.object("id", "/subscriptions/" + subscription + "/resourceGroups/" + name);
        shown.put("name", name);
        shown.put("type", "Microsoft.Resources/resourceGroups");
        shown.putAll(group);
        shown.put("properties", Json.object("provisioningState", "Succeeded"));
        return shown;
    }

    private List<FakeMachine> networked(Asked asked) {
        return cloud.list(Optional.of(asked.at(0))).stream()
                .filter(one -> !now().isBefore(one.madeAt) && one.failure.isEmpty())
                .toList();
    }
}
