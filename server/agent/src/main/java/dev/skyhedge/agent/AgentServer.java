package dev.skyhedge.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Protocol;
import dev.skyhedge.agent.wire.AnswerJson;
import dev.skyhedge.agent.wire.OrderJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The agent's door. Orders come from who has the controller's certificate; who has the machine's drain token, and no
/// certificate, can say that the machine is leaving, and nothing else.
final class AgentServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final int ANSWER_SECONDS = 30;
    private static final int MAX_REASON_BYTES = 400;

    static {
        // Read when the first server of a process is made.
        limit("jdk.httpserver.maxConnections", "64");
        limit("sun.net.httpserver.maxReqTime", "30");
        limit("sun.net.httpserver.maxRspTime", "60");
        limit("sun.net.httpserver.maxIdleConnections", "16");
    }

    private final HttpsServer server;
    private final BiFunction<OptionalLong, Order, CompletableFuture<Answer>> orders;
    private final byte[] drainHeader;

    /// @param tls in which only the controller's certificate is trusted
    /// @param orders takes the epoch, and is given none by who only has the token
    AgentServer(
            InetSocketAddress address,
            SSLContext tls,
            String drainToken,
            BiFunction<OptionalLong, Order, CompletableFuture<Answer>> orders)
            throws IOException {
        this.orders = orders;
        this.drainHeader = ("Bearer " + drainToken).getBytes(StandardCharsets.UTF_8);
        server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean known = path.equals(Protocol.ORDERS) || path.equals(Protocol.DRAIN);
            if (!known) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (!(path.equals(Protocol.ORDERS) ? isController(exchange) : hasToken(exchange))) {
                exchange.sendResponseHeaders(401, -1);
            } else {
                byte[] body = exchange.getRequestBody().readNBytes(Protocol.MAX_ORDER_BYTES + 1);
                if (body.length > Protocol.MAX_ORDER_BYTES) {
                    exchange.sendResponseHeaders(413, -1);
                } else {
                    answer(exchange, path.equals(Protocol.ORDERS) ? obey(body) : drain(body));
                }
            }
        } catch (InterruptedException _) {
            // The server ends; who asked sees a broken connection.
            Thread.currentThread().interrupt();
        }
    }

    /// Its certificate was checked by TLS, where there is one: another ends the handshake.
    private static boolean isController(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException _) {
            return false;
        }
    }

    private boolean hasToken(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), drainHeader);
    }

    private Answer obey(byte[] body) throws InterruptedException {
        OrderJson.Envelope envelope;
        try {
            envelope = OrderJson.read(body);
        } catch (IllegalArgumentException e) {
            return new Answer.Refused(Answer.Code.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return wait(orders.apply(OptionalLong.of(envelope.epoch()), envelope.order()));
    }

    private Answer drain(byte[] body) throws InterruptedException {
        String reason = new String(body, 0, Math.min(body.length, MAX_REASON_BYTES), StandardCharsets.UTF_8);
        return wait(orders.apply(OptionalLong.empty(), new Order.Drain("notice: " + reason.strip())));
    }

    private static Answer wait(CompletableFuture<Answer> answer) throws InterruptedException {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return new Answer.Refused(Answer.Code.FULL, "There is no answer yet: give the order again");
        }
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = AnswerJson.write(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
