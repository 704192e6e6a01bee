package dev.skyhedge.providers.kubernetes.fake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A call as it came.
///
/// @param name verb and resource, such as `LIST pods`
/// @param about the object's name; empty for none
record Call(String name, String about, Map<String, String> query, String body) {
    private static final Pattern NAMESPACED =
            Pattern.compile("/api/v1/namespaces/([^/]+)/(pods|secrets|resourcequotas)(?:/([^/]+))?(/log)?");
    private static final Pattern NODES = Pattern.compile("/api/v1/nodes");
    private static final Pattern NAMESPACE = Pattern.compile("/api/v1/namespaces/([^/]+)");
    private static final String REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final Set<String> LIST = Set.of("labelSelector", "limit", "continue");
    private static final Set<String> WATCH =
            Set.of("labelSelector", "watch", "resourceVersion", "allowWatchBookmarks", "timeoutSeconds");
    private static final Set<String> LOG = Set.of("container", "limitBytes", "pretty");

    Call {
        query = new TreeMap<>(query);
    }

    static Call of(String method, String path, Map<String, String> query, String body) {
        Matcher object = NAMESPACED.matcher(path);
        if (object.matches()) {
            if (!object.group(1).equals(ApiServer.NAMESPACE)) {
                throw Refusal.notFound("namespaces", object.group(1));
            }
            return object(method, object, query, body);
        }
        Matcher namespace = NAMESPACE.matcher(path);
        if (namespace.matches() && method.equals("GET")) {
            return checked("GET namespaces", namespace.group(1), query, Set.of(), body);
        }
        if (NODES.matcher(path).matches() && method.equals("GET")) {
            return checked("LIST nodes", "", query, LIST, body);
        }
        if (path.equals(REVIEW) && method.equals("POST")) {
            return checked("POST selfsubjectaccessreviews", "", query, Set.of(), body);
        }
        if (path.equals("/version") && method.equals("GET")) {
            return checked("GET version", "", query, Set.of(), body);
        }
        throw new Refusal(404, "NotFound", "the server could not find the requested resource: " + method + " " + path);
    }

    private static Call object(String method, Matcher object, Map<String, String> query, String body) {
        String resource = object.group(2);
        String name = object.group(3) == null ? "" : object.group(3);
        if (object.group(4) != null) {
            return checked("LOG pods", name, query, LOG, body);
        }
        if (name.isEmpty()) {
            return switch (method) {
                case "GET" ->
                    query.getOrDefault("watch", "").equals("true")
                            ? checked("WATCH " + resource, "", query, WATCH, body)
                            : checked("LIST " + resource, "", query, LIST, body);
                case "POST" -> checked("POST " + resource, "", query, Set.of(), body);
                default -> throw new Refusal(405, "MethodNotAllowed", method + " " + resource);
            };
        }
        if (!List.of("GET", "DELETE").contains(method)) {
            throw new Refusal(405, "MethodNotAllowed", method + " " + resource);
        }
        return checked(method + " " + resource, name, query, Set.of(), body);
    }

    private static Call checked(
            String name, String about, Map<String, String> query, Set<String> parameters, String body) {
        for (String parameter : query.keySet()) {
            if (!parameters.contains(parameter)) {
                throw Refusal.bad("unknown parameter " + parameter + " of " + name);
            }
        }
        return new Call(name, about, query, body);
    }

    String query(String parameter) {
        return query.getOrDefault(parameter, "");
    }
}
