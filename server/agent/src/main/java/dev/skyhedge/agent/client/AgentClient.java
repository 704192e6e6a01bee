package dev.skyhedge.agent.client;

import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Protocol;
import dev.skyhedge.agent.tls.Pinned;
import dev.skyhedge.agent.wire.AnswerJson;
import dev.skyhedge.agent.wire.OrderJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.Executors;

/// Gives orders to one agent. Thread-safe.
public final class AgentClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// What came of an order.
    public sealed interface Reply {
        record Answered(Answer answer) implements Reply {}

        /// Whether the order was obeyed is not known: give it again.
        ///
        /// @param reason for people
        record Unanswered(String reason) implements Reply {}
    }

    private final HttpClient http;
    private final URI orders;
    private final long epoch;

    /// @param epoch of the lease that this controller holds
    /// @param agent the certificate that the agent has
    public AgentClient(
            InetSocketAddress address, long epoch, X509Certificate own, PrivateKey key, X509Certificate agent) {
        String host = address.getHostString();
        this.orders = URI.create("https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":"
                + address.getPort() + Protocol.ORDERS);
        this.epoch = epoch;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(Pinned.context(own, key, agent))
                .build();
    }

    public Reply give(Order order) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(orders)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(OrderJson.write(new OrderJson.Envelope(epoch, order))))
                .build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Protocol.MAX_ANSWER_BYTES));
            return response.statusCode() == 200
                    ? new Reply.Answered(AnswerJson.read(response.body()))
                    : new Reply.Unanswered("HTTP status " + response.statusCode()
                            + (response.statusCode() == 404 ? ": it does not know protocol " + Protocol.VERSION : ""));
        } catch (IOException | IllegalArgumentException e) {
            return new Reply.Unanswered(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
