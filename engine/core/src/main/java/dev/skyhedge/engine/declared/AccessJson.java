package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue.SecretReference;
import java.util.Optional;

/// How one gets into replicas, in the JSON of a replica block: where keys are found, and no key.
final class AccessJson {
    private static final String ACCESS = "access";
    private static final String KEY_ENV = "key_env";
    private static final String KEY = "key";
    private static final String SECRET = "secret";
    private static final String HEADER = "header";
    private static final String TLS = "tls";

    private AccessJson() {}

    /// Whoever may be asked by anybody has none, so that versions from before there was any stay as they are.
    static void put(ObjectNode replica, AccessSpec access) {
        if (!access.hasKey()) {
            return;
        }
        ObjectNode node = replica.putObject(ACCESS);
        access.keyEnv().ifPresent(name -> node.put(KEY_ENV, name));
        access.key().ifPresent(key -> node.putObject(KEY).put(SECRET, key.reference()));
        node.put(HEADER, access.header());
        if (access.tls()) {
            node.put(TLS, true);
        }
    }

    /// Whether anything may have been put there: most have not, and need not be read for it.
    static boolean mayBeIn(String json) {
        return json.contains("\"" + ACCESS + "\"");
    }

    /// What was put there.
    static AccessSpec read(JsonNode replica) {
        JsonNode node = replica.path(ACCESS);
        return node.isMissingNode()
                ? AccessSpec.OPEN
                : new AccessSpec(
                        Optional.ofNullable(node.path(KEY_ENV).textValue()),
                        Optional.ofNullable(node.path(KEY).path(SECRET).textValue())
                                .map(SecretReference::new),
                        node.path(HEADER).asText(AccessSpec.DEFAULT_HEADER),
                        node.path(TLS).asBoolean(false),
                        false);
    }
}
