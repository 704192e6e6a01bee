package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.values.Value;
import java.util.Optional;

/// Makes an [AccessSpec] of an `access` block.
final class AccessDecoder {
    private final Decoded decoded;
    private final PlacementDecoder.Problems problems;

    AccessDecoder(Decoded decoded, PlacementDecoder.Problems problems) {
        this.decoded = decoded;
        this.problems = problems;
    }

    /// @param replica whose access it is
    AccessSpec access(ReplicaSpec replica) {
        Optional<String> keyEnv = decoded.optionalText("key_env");
        Optional<EnvValue.SecretReference> key = decoded.value("key")
                .flatMap(value -> value instanceof Value.SecretValue(String reference)
                        ? Optional.of(new EnvValue.SecretReference(reference))
                        : Optional.empty());
        boolean accepted = decoded.text("plaintext").equals("accept");
        boolean tls = decoded.truth("tls");
        if (!accepted
                && !tls
                && decoded.value("key_env").isEmpty()
                && decoded.value("key").isEmpty()) {
            problems.error(
                    decoded.block().header(),
                    "Missing required argument",
                    "An access block says by what key: key_env = \"VLLM_API_KEY\" gives the workload one that is made"
                            + " for each launch; key = secret(\"env:CHAT_API_KEY\") is your own; tls = true has one"
                            + " asked for in front of the workload.");
        }
        keyEnv.filter(replica.env()::containsKey)
                .ifPresent(name -> problems.error(
                        place("key_env"),
                        "Conflicting arguments",
                        "\"" + name
                                + "\" is a variable of env, too, so that the workload would be given two values for it."
                                + " Leave it out of env."));
        if (tls && replica.image().isEmpty()) {
            problems.error(
                    place("tls"),
                    "Invalid value for argument",
                    "With tls = true a proxy listens on the replica's port, and only a container can be kept from it."
                            + " Give the replica an image, or leave tls out.");
        }
        return new AccessSpec(keyEnv, key, decoded.text("header"), tls, accepted);
    }

    private SourceRange place(String attribute) {
        return decoded.block()
                .body()
                .attribute(attribute)
                .map(written -> written.expression().range())
                .orElse(decoded.block().header());
    }
}
