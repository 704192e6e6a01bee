package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import java.util.List;

/// The `access` block of a replica.
final class AccessSchema {
    static final BlockDefinition ACCESS = block(
            "access",
            Occurrence.AT_MOST_ONCE,
            "Who may ask a replica. Requests from the endpoint and probes carry a key, which replaces what a client sent"
                    + " in its place. Replicas at public addresses need it.",
            List.of(
                    optional(
                            "key_env",
                            AttributeType.VARIABLE_NAME,
                            "\"VLLM_API_KEY\"",
                            "Variable in which the workload finds the key that it is to ask for. Whether it does is up to"
                                    + " the workload."),
                    optional(
                            "key",
                            AttributeType.SECRET,
                            "secret(\"env:CHAT_API_KEY\")",
                            "Your own key, the same for all replicas, read whenever it is used. Otherwise one is made for"
                                    + " each launch."),
                    fallback(
                            "header",
                            AttributeType.HEADER_NAME,
                            "\"Authorization\"",
                            "\"X-Api-Key\"",
                            "Request header that carries the key: as Bearer KEY in Authorization, as it is in"
                                    + " another."),
                    fallback(
                            "tls",
                            AttributeType.BOOL,
                            "false",
                            "true",
                            "Whether a proxy on the replica's machine takes requests by TLS, with a certificate that is made"
                                    + " for each launch and the only one that is trusted, and asks for the key. Needs an"
                                    + " image, and a cloud of machines: AWS, Google Cloud or Azure."),
                    fallback(
                            "plaintext",
                            AttributeType.oneOf("refuse", "accept"),
                            "\"refuse\"",
                            "\"accept\"",
                            "Whether replicas may be at public addresses without a key, where everybody who finds them can"
                                    + " use them.")));

    private AccessSchema() {}
}
