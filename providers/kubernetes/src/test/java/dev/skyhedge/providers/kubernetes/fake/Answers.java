package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What each call answers.
final class Answers {
    private final FakeCluster cluster;
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private volatile boolean expired;

    Answers(FakeCluster cluster) {
        this.cluster = cluster;
    }

    /// What goes back.
    record Answer(int status, String type, String body) {
        static Answer json(int status, ObjectNode body) {
            return new Answer(status, "application/json", body.toString());
        }
    }

    void expireLists() {
        expired = true;
    }

    void forbid(String action) {
        forbidden.add(action);
    }

    /// Refuses what the caller may not do.
    void permit(Call call) {
        String action = action(call.name());
        if (forbidden.contains(action)) {
            throw new Refusal(
                    403,
                    "Forbidden",
                    "User \"somebody\" cannot " + action + " in the namespace \"" + ApiServer.NAMESPACE + "\"");
        }
    }

    Answer answer(Call call) {
        permit(call);
        return switch (call.name()) {
            case "POST pods" -> Answer.json(201, cluster.create(Json.read(call.body())));
            case "GET pods" -> Answer.json(200, cluster.find(call.about()));
            case "DELETE pods" -> Answer.json(200, cluster.delete(call.about()));
            case "LIST pods" -> list("PodList", cluster.podList(), call);
            case "LOG pods" -> log(call);
            case "POST secrets" -> Answer.json(201, cluster.createSecret(Json.read(call.body())));
            case "DELETE secrets" -> Answer.json(200, cluster.deleteSecret(call.about()));
            case "LIST nodes" -> list("NodeList", cluster.nodeList(), call);
            case "LIST resourcequotas" -> Answer.json(200, quotas());
            case "GET namespaces" -> Answer.json(200, namespace(call.about()));
            case "GET version" -> Answer.json(200, version());
            case "POST selfsubjectaccessreviews" -> Answer.json(201, review(Json.read(call.body())));
            default -> throw new Refusal(405, "MethodNotAllowed", call.name());
        };
    }

    private static String action(String name) {
        int space = name.indexOf(' ');
        String verb = name.substring(0, space);
        return (verb.equals("POST") ? "create" : verb.toLowerCase(Locale.ROOT)) + name.substring(space);
    }

    private Answer list(String kind, List<ObjectNode> all, Call call) {
        Predicate<Map<String, String>> selector = Selector.parse(call.query("labelSelector"));
        String after = after(call.query("continue"));
        int limit = call.query("limit").isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(call.query("limit"));
        int most = Math.min(limit, cluster.rules().longestPage());
        List<ObjectNode> rest = all.stream()
                .filter(one -> selector.test(Json.texts(one.path("metadata").path("labels"))))
                .filter(one -> name(one).compareTo(after) > 0)
                .toList();
        ObjectNode list = Json.object();
        list.put("apiVersion", "v1").put("kind", kind);
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", String.valueOf(cluster.version()));
        if (rest.size() > most) {
            metadata.put("continue", mark(name(rest.get(most - 1)))).put("remainingItemCount", rest.size() - most);
        }
        ArrayNode items = list.putArray("items");
        rest.stream().limit(most).forEach(items::add);
        return Answer.json(200, list);
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }

    private static String mark(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private String after(String mark) {
        if (mark.isEmpty()) {
            return "";
        }
        if (expired) {
            expired = false;
            throw new Refusal(410, "Expired", "The provided continue parameter is too old");
        }
        return new String(Base64.getUrlDecoder().decode(mark), StandardCharsets.UTF_8);
    }

    private Answer log(Call call) {
        FakePod pod = cluster.pod(call.about());
        if (pod.phase().equals("Pending")) {
            throw Refusal.bad("container \"workload\" in pod \"" + pod.name() + "\" is waiting to start");
        }
        byte[] log = pod.log.toString().getBytes(StandardCharsets.UTF_8);
        int limit = call.query("limitBytes").isEmpty() ? log.length : Integer.parseInt(call.query("limitBytes"));
        return new Answer(200, "text/plain", new String(log, 0, Math.min(limit, log.length), StandardCharsets.UTF_8));
    }

    private ObjectNode quotas() {
        ObjectNode list = Json.object();
        list.put("apiVersion", "v1").put("kind", "ResourceQuotaList").putObject("metadata");
        ArrayNode items = list.putArray("items");
        if (!cluster.quota().isEmpty()) {
            ObjectNode quota = items.addObject();
            quota.putObject("metadata").put("name", "team").put("namespace", ApiServer.NAMESPACE);
            ObjectNode hard = quota.putObject("status").putObject("hard");
            cluster.quota().forEach((resource, most) -> hard.put(resource, String.valueOf(most)));
            ObjectNode used = quota.withObject("/status").putObject("used");
            cluster.quotaUsed().forEach((resource, many) -> used.put(resource, String.valueOf(many)));
        }
        return list;
    }

    private static ObjectNode namespace(String name) {
        if (!name.equals(ApiServer.NAMESPACE)) {
            throw Refusal.notFound("namespaces", name);
        }
        ObjectNode namespace = Json.object();
        namespace.put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name).put("uid", "3f2c9a1e-0000-4000-8000-000000000001");
        return namespace;
    }

    private static ObjectNode version() {
        ObjectNode version = Json.object();
        return version.put("major", "1").put("minor", "33").put("gitVersion", "v1.33.4");
    }

    private ObjectNode review(ObjectNode review) {
        var asked = review.path("spec").path("resourceAttributes");
        String sub = asked.path("subresource").asText("");
        String action = sub.equals("log")
                ? "log " + asked.path("resource").asText()
                : asked.path("verb").asText() + " " + asked.path("resource").asText();
        review.putObject("status").put("allowed", !forbidden.contains(action));
        return review;
    }
}
