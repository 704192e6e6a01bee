package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static dev.skyhedge.balancer.TestBed.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingIT {
    private final TestBed bed = new TestBed();

    @AfterEach
    void stop() throws Exception {
        bed.assertAtRest();
        bed.close();
    }

    @Test
    void passesARequestAndItsAnswer() {
        bed.route(bed.replicaAnswering("hello").target("a"));

        HttpResponse<String> response = await(bed.get("/v1/models"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().map()).doesNotContainKeys("server", "date", "via");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
    void passesEveryMethod(String method) {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        HttpResponse<String> response = await(bed.client.sendAsync(
                HttpRequest.newBuilder(bed.uri("/x"))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(replica.calls.getFirst().requestLine()).isEqualTo(method + " /x HTTP/1.1");
    }

    @Test
    void passesTheLengthButNoBodyForHead() throws Exception {
        FakeReplica replica = bed.replica(call -> call.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            for (int i = 0; i < 2; i++) {
                List<String> head = exchange(socket, "HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(head).contains("Content-Length: 5");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT"})
    void refusesMethodsThatAreNotForReplicas(String method) throws Exception {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            String target = method.equals("CONNECT") ? "h:80" : "/";
            List<String> head = exchange(socket, method + " " + target + " HTTP/1.1\r\nHost: h:80\r\n\r\n");
            assertThat(head.getFirst()).contains(" 405 ");
        }
        assertThat(replica.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a//b/%41%7e?x=%20+&y=%C3%A9&&z",
                "//host/path",
                "/a?",
                "/?q=a|b",
                "/%E4%BD%A0",
                "/a+b/;p=1?u=http://x/y?z"
            })
    void passesPathAndQueryByteForByte(String target) throws Exception {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            exchange(socket, "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        }

        assertThat(replica.calls.getFirst().requestLine()).isEqualTo("GET " + target + " HTTP/1.1");
    }

    @Test
    void dropsHeadersOfTheConnectionAndSaysWhoAsked() throws Exception {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            exchange(
                    socket,
                    "GET / HTTP/1.1\r\nHost: api.example\r\nConnection: X-Drop, Upgrade\r\nX-Drop: 1\r\nKeep-Alive: 5\r\n"
                            + "TE: trailers\r\nProxy-Authorization: x\r\nUpgrade: h2c\r\nX-Forwarded-For: 6.6.6.6\r\n"
                            + "Authorization: Bearer k\r\nX-Keep: yes\r\n\r\n");
        }

        FakeReplica.Call call = replica.calls.getFirst();
        for (String dropped : List.of("X-Drop", "Keep-Alive", "TE", "Proxy-Authorization", "Upgrade", "User-Agent")) {
            assertThat(call.header(dropped)).as(dropped).isEmpty();
        }
        assertThat(call.header("Host")).contains("api.example");
        assertThat(call.header("X-Forwarded-For")).contains("127.0.0.1");
        assertThat(call.header("X-Forwarded-Proto")).contains("http");
        assertThat(call.header("X-Forwarded-Host")).contains("api.example");
        assertThat(call.header("Authorization")).contains("Bearer k");
        assertThat(call.header("X-Keep")).contains("yes");
        assertThat(call.header("X-Request-Id")).isPresent();
    }

    @Test
    void keepsTheRequestIdOfTheClient() throws Exception {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            exchange(socket, "GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine\r\n\r\n");
        }

        assertThat(replica.calls.getFirst().header("X-Request-Id")).contains("mine");
    }

    @Test
    void passesLargeBodiesBothWays() {
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Length: " + call.body().length + "\r\n\r\n");
            call.out().write(call.body());
        });
        bed.route(replica.target("a"));

        HttpResponse<byte[]> response = await(bed.client.sendAsync(
                HttpRequest.newBuilder(bed.uri("/"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray()));

        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void passesChunkedRequestsAndResponses() throws Exception {
        FakeReplica replica = bed.replica(call -> call.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + "3\r\nabc\r\n" + "2\r\nde\r\n0\r\n\r\n"));
        bed.route(replica.target("a"));

        HttpResponse<String> response = await(bed.client.sendAsync(
                HttpRequest.newBuilder(bed.uri("/"))
                        .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("streamed")))
                        .build(),
                HttpResponse.BodyHandlers.ofString()));

        assertThat(response.body()).isEqualTo("abcde");
        assertThat(new String(replica.calls.getFirst().body(), StandardCharsets.US_ASCII))
                .isEqualTo("streamed");
    }

    @Test
    void answersExpectContinueItself() throws Exception {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            List<String> interim =
                    exchange(socket, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(interim.getFirst()).contains(" 100 ");
            assertThat(exchange(socket, "hi").getFirst()).contains(" 200 ");
        }
        assertThat(replica.calls.getFirst().header("Expect")).isEmpty();
    }

    @Test
    void dropsInterimResponsesOfTheReplica() {
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 100 Continue\r\n\r\n");
            call.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
            call.reply(200, "done");
        });
        bed.route(replica.target("a"));

        assertThat(await(bed.get("/")).body()).isEqualTo("done");
        assertThat(await(bed.get("/")).body()).isEqualTo("done");
    }

    @Test
    void passesServerSentEventsAtOnce() throws Exception {
        var firstSeen = new CompletableFuture<Void>();
        FakeReplica replica = bed.replica(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            call.write("9\r\ndata: 1\n\n\r\n");
            await(firstSeen);
            call.write("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        });
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            var in = new BufferedInputStream(socket.getInputStream());
            send(socket, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(FakeReplica.head(in)).contains("Content-Type: text/event-stream");
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("9\r\ndata: 1\n\n");
            firstSeen.complete(null);
            assertThat(new String(in.readNBytes(21), StandardCharsets.US_ASCII))
                    .isEqualTo("\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void servesManyRequestsOnOneConnection() throws Exception {
        FakeReplica replica = bed.replicaAnswering("ok");
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            for (int i = 0; i < 50; i++) {
                assertThat(exchange(socket, "GET / HTTP/1.1\r\nHost: h\r\n\r\n").getFirst())
                        .contains(" 200 ");
            }
        }
        assertThat(replica.accepted.get()).isLessThan(20);
    }

    @Test
    void servesPipelinedRequestsInOrder() throws Exception {
        FakeReplica replica = bed.replica(call -> call.reply(200, call.requestLine()));
        bed.route(replica.target("a"));

        try (Socket socket = bed.connect()) {
            var in = new BufferedInputStream(socket.getInputStream());
            send(socket, "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
            send(socket, "GET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
            for (int i = 1; i <= 3; i++) {
                FakeReplica.head(in);
                assertThat(new String(in.readNBytes(15), StandardCharsets.US_ASCII))
                        .isEqualTo("GET /" + i + " HTTP/1.1");
            }
        }
    }

    private static List<String> exchange(Socket socket, String request) throws Exception {
        send(socket, request);
        var in = socket.getInputStream();
        List<String> head = FakeReplica.head(in);
        boolean bodiless = request.startsWith("HEAD");
        int length = head.stream()
                .filter(line -> line.startsWith("Content-Length: ") && !bodiless)
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        in.readNBytes(length);
        return head;
    }
}
