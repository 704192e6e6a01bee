package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import java.util.List;

/// The `endpoint` block of a service.
final class EndpointSchema {
    private static final int LARGEST_BODY_MB = 1_000_000;
    private static final int MOST_PER_MINUTE = 1_000_000_000;

    private static final BlockDefinition KEY = block(
                    "key",
                    Occurrence.ANY,
                    "A key that clients bring, as Authorization: Bearer KEY. With one such block or more, requests without"
                            + " any of these keys are answered 401. Keys are not passed on to replicas. Usage is counted"
                            + " under the name, which is no secret.",
                    List.of(
                            required(
                                    "secret",
                                    AttributeType.SECRET,
                                    "secret(\"env:TEAM_A_KEY\")",
                                    "Where the key is read. One that changes there is taken within ten seconds; while it"
                                            + " cannot be read, nobody gets in by it."),
                            optional(
                                    "requests_per_minute",
                                    AttributeType.whole(1, MOST_PER_MINUTE),
                                    "600",
                                    "Requests that it may send; what a minute leaves over may be sent at once. Beyond it"
                                            + " they are answered 429. Otherwise without limit."),
                            optional(
                                    "tokens_per_minute",
                                    AttributeType.whole(1, MOST_PER_MINUTE),
                                    "200000",
                                    "Tokens of prompts and completions that it may use, as far as answers tell them in"
                                            + " usage. They are known when an answer ends: who has used more than its share"
                                            + " is answered 429 until that is made up for. Otherwise without limit."),
                            optional(
                                    "max_in_flight",
                                    AttributeType.whole(1, 1_000_000),
                                    "16",
                                    "Requests of it at once, waiting ones included; beyond it they are answered 429."
                                            + " Otherwise without limit.")))
            .labelled("name");

    private static final BlockDefinition TLS = block(
            "tls",
            Occurrence.AT_MOST_ONCE,
            "Clients come by HTTPS, with TLS 1.3 or 1.2 and by HTTP/2 or HTTP/1.1. Files that change are taken within ten seconds, for"
                    + " connections that begin then; what is open stays open. A pair that cannot be used is told of, and the"
                    + " one of before stays in use.",
            List.of(
                    required(
                            "certificate",
                            AttributeType.TEXT,
                            "\"/etc/skyhedge/chat.pem\"",
                            "The file with the certificate in PEM, and behind it those that signed it, without the root. A"
                                    + " relative path is relative to the directory that skyhedge is started in."),
                    required(
                            "key",
                            AttributeType.SECRET,
                            "secret(\"file:/etc/skyhedge/chat.key\")",
                            "Where its private key is read, in PEM (PKCS #8, not encrypted): RSA, EC or Ed25519."),
                    optional(
                            "client_ca",
                            AttributeType.TEXT,
                            "\"/etc/skyhedge/clients.pem\"",
                            "The file with who signs the certificates of clients, in PEM. A client without such a"
                                    + " certificate gets no connection. Otherwise clients need none.")));

    static final BlockDefinition ENDPOINT = block(
            "endpoint",
            Occurrence.AT_MOST_ONCE,
            "Where requests arrive. Without it the service has no balancer.",
            List.of(
                    fallback("host", AttributeType.TEXT, "\"127.0.0.1\"", "\"0.0.0.0\"", "Address to listen on."),
                    required("port", AttributeType.PORT, "8080", "Port to listen on."),
                    fallback(
                            "policy",
                            AttributeType.oneOf(
                                    "least_load",
                                    "round_robin",
                                    "power_of_two",
                                    "session",
                                    "strict_session",
                                    "prefix_affinity",
                                    "token_weighted",
                                    "melange"),
                            "\"least_load\"",
                            "\"round_robin\"",
                            "How a replica is picked for a request. power_of_two: the less loaded of two at random."
                                    + " session: each session has its replica, and another one while that has much more"
                                    + " than its share. strict_session: for as long as that takes requests."
                                    + " prefix_affinity: the one that has most of the prompt in its cache, while it does"
                                    + " not have much more than its share; reads chats and completions of OpenAI's API"
                                    + " up to 1 MiB. token_weighted: of two drawn by their share of requests of this size,"
                                    + " the one that is done first; melange: drawn by how many of them it sustains. Both go"
                                    + " by the sizes of an allocation \"mixed\". Whatever else a request is goes to the"
                                    + " least loaded."),
                    optional(
                            "session_header",
                            AttributeType.TEXT,
                            "\"X-Chat-Id\"",
                            "The header that names the session of a request. Otherwise X-Session-Id. One without a"
                                    + " session goes to the least loaded replica."),
                    optional(
                            "session_cookie",
                            AttributeType.TEXT,
                            "\"sid\"",
                            "The cookie that names it where there is no such header. Otherwise none does."),
                    fallback(
                            "continuation",
                            AttributeType.oneOf("off", "text", "resample", "exact"),
                            "\"off\"",
                            "\"exact\"",
                            "Whether a streamed completion goes on from another replica when its own is lost, and how well"
                                    + " it must. exact: from its tokens, as it would have gone on. resample: also where"
                                    + " what follows is drawn anew. text: also from its text alone. What cannot ends with"
                                    + " an error event. For engines with vLLM's API."),
                    fallback(
                            "hold_limit",
                            AttributeType.whole(0, 1_000_000),
                            "1000",
                            "50",
                            "Requests that may wait while no replica is ready."),
                    fallback(
                            "hold_timeout",
                            AttributeType.DURATION_OR_ZERO,
                            "\"10m\"",
                            "\"30s\"",
                            "How long one may wait because no replica is ready, over all times that it must; then it is"
                                    + " answered 503."),
                    fallback(
                            "queue_timeout",
                            AttributeType.DURATION_OR_ZERO,
                            "\"30s\"",
                            "\"2m\"",
                            "How long one may wait because all replicas have max_in_flight_per_replica requests, over all"
                                    + " times that it must; then it is answered 429."),
                    fallback(
                            "connect_timeout",
                            AttributeType.DURATION,
                            "\"1s\"",
                            "\"3s\"",
                            "How long a connection to a replica may take; then the request goes to another one."),
                    optional(
                            "first_byte_timeout",
                            AttributeType.DURATION,
                            "\"2m\"",
                            "How long a replica that has the request may take until its answer begins. Otherwise"
                                    + " response_timeout."),
                    optional(
                            "total_timeout",
                            AttributeType.DURATION,
                            "\"1h\"",
                            "How long a request may take, from its arrival to the last byte of its answer. Otherwise as"
                                    + " long as the other limits let it."),
                    fallback(
                            "header_timeout",
                            AttributeType.DURATION,
                            "\"10s\"",
                            "\"5s\"",
                            "How long a client may take for the header of a request."),
                    fallback(
                            "keep_alive_timeout",
                            AttributeType.DURATION,
                            "\"75s\"",
                            "\"5m\"",
                            "How long a client's connection may be idle."),
                    fallback(
                            "drain_timeout",
                            AttributeType.DURATION_OR_ZERO,
                            "\"10m\"",
                            "\"1h\"",
                            "How long requests in progress may take when this address is given up."),
                    fallback(
                            "response_timeout",
                            AttributeType.DURATION,
                            "\"5m\"",
                            "\"30m\"",
                            "How long a replica may be silent in the middle of its answer, and before it, unless"
                                    + " first_byte_timeout says otherwise."),
                    fallback(
                            "client_timeout",
                            AttributeType.DURATION,
                            "\"1m\"",
                            "\"5m\"",
                            "How long a client may take nothing of its answer, or send nearly nothing of its body."),
                    fallback(
                            "max_concurrent_requests",
                            AttributeType.whole(1, 1_000_000),
                            "4000",
                            "500",
                            "Requests that may be in progress, waiting ones included; beyond it they are answered 503."),
                    optional(
                            "max_in_flight_per_replica",
                            AttributeType.whole(1, 1_000_000),
                            "32",
                            "Requests that a replica is given at once; what comes when all have so many waits for"
                                    + " queue_timeout. Otherwise without limit."),
                    fallback(
                            "max_body_mb",
                            AttributeType.whole(1, LARGEST_BODY_MB),
                            "32",
                            "256",
                            "Largest body of a request, in MB of 1,048,576 bytes; beyond it it is answered 413."),
                    fallback(
                            "replay_budget_mb",
                            AttributeType.whole(0, LARGEST_BODY_MB),
                            "64",
                            "512",
                            "Memory for what all requests keep until they are answered, in MB. A request beyond it is"
                                    + " served, but not sent to another replica when its own fails.")),
            List.of(KEY, TLS));

    private EndpointSchema() {}
}
