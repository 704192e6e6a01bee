package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ReplicaSpec;
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
        if (!accepted
                && decoded.value("key_env").isEmpty()
                && decoded.value("key").isEmpty()) {
            problems.error(
                    decoded.block().header(),
                    "Missing required argument",
                    "An access block says by what key: key_env = \"VLLM_API_KEY\" gives the workload one that is made"
                            + " for each launch; key = secret(\"env:CHAT_API_KEY\") is your own.");
        }
        keyEnv.filter(replica.env()::containsKey)
                .ifPresent(name -> problems.error(
                        decoded.block()
                                .body()
                                .attribute("key_env")
                                .map(written -> written.expression().range())
                                .orElse(decoded.block().header()),
                        "Conflicting arguments",
                        "\"" + name
                                + "\" is a variable of env, too, so that the workload would be given two values for it."
                                + " Leave it out of env."));
        return new AccessSpec(keyEnv, key, decoded.text("header"), accepted);
    }
}
