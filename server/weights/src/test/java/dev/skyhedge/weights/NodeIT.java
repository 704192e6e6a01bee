package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIT {
    @TempDir
    private Path directory;

    private Path model;
    private Manifest manifest;
    private Fleet fleet;

    @BeforeEach
    void describe() throws IOException {
        model = Models.small(directory.resolve("model"));
        manifest = ModelDirectory.manifest(model, Models.CHUNK);
        fleet = new Fleet(directory, manifest);
    }

    @AfterEach
    void end() throws IOException {
        fleet.close();
    }

    private void assertWhole(Fleet.Member member) throws Exception {
        assertThat(member.ends()).as("%s", member.events()).isTrue();
        ChunkStoreTest.assertSame(model, member.directory());
    }

    @Test
    void aChainEndsWithTheSameBytesEverywhereAndEachSentOnce() throws Exception {
        Fleet.Member source = fleet.source(model);
        Fleet.Member first = fleet.receiver("first", source.address());
        Fleet.Member second = fleet.receiver("second", first.address(), source.address());
        Fleet.Member third = fleet.receiver("third", second.address(), first.address(), source.address());

        for (Fleet.Member member : List.of(first, second, third)) {
            assertWhole(member);
            assertThat(member.told(NodeEvent.Whole.class)).containsExactly(new NodeEvent.Whole(manifest.size(), 0));
            assertThat(member.told(NodeEvent.Receiving.class)).hasSize(1);
        }
    }

    @Test
    void layersAreToldAsTheyCome() throws Exception {
        Fleet.Member source = fleet.source(model);
        Fleet.Member receiver = fleet.receiver("receiver", source.address());

        assertWhole(receiver);
        assertThat(receiver.told(NodeEvent.Layers.class))
                .extracting(NodeEvent.Layers::layers)
                .isSorted()
                .last()
                .isEqualTo(4);
    }

    @Test
    void aSenderThatStartsLateIsWaitedForAndNotReportedLost() throws Exception {
        InetSocketAddress late = new InetSocketAddress(InetAddress.getLoopbackAddress(), TestPorts.free());
        Fleet.Member source = fleet.source(model);
        Fleet.Member receiver = fleet.receiver("receiver", late, source.address());
        receiver.awaits(NodeEvent.Waiting.class, told -> true);
        NodeOptions options = fleet.options(
                directory.resolve("late"), manifest.id(), Optional.empty(), Optional.empty(), Fleet.TOKEN);
        fleet.start(
                new NodeOptions(
                        options.manifestId(),
                        options.manifest(),
                        options.directory(),
                        late,
                        options.origin(),
                        options.token(),
                        options.linkBitsPerSecond()),
                Fleet.plan(1, source.address()));

        assertWhole(receiver);
        assertThat(receiver.told(NodeEvent.Waiting.class)).containsExactly(new NodeEvent.Waiting(Node.text(late)));
        assertThat(receiver.told(NodeEvent.Lost.class)).isEmpty();
    }

    @Test
    void aChangedChunkIsBlamedOnItsSenderAndHadFromTheOneAbove() throws Exception {
        Fleet.Member source = fleet.source(model);
        Fleet.Member middle = fleet.receiver("middle", source.address());
        try (TestLink link = new TestLink(middle.address()).change(100_000)) {
            Fleet.Member last = fleet.receiver("last", link.address(), source.address());

            assertWhole(last);
            assertThat(last.told(NodeEvent.BadChunk.class))
                    .singleElement()
                    .extracting(NodeEvent.BadChunk::peer)
                    .isEqualTo(Node.text(link.address()));
        }
    }

    @Test
    void aBlackHoleIsFoundByItsChildAloneAndRepairedOnce() throws Exception {
        fleet.links(8e6);
        Fleet.Member source = fleet.source(model);
        Fleet.Member first = fleet.receiver("first", source.address());
        try (TestLink link = new TestLink(first.address()).swallowFrom(120_000)) {
            Fleet.Member second = fleet.receiver("second", link.address(), source.address());
            Fleet.Member third = fleet.receiver("third", second.address(), source.address());

            assertWhole(third);
            assertWhole(second);
            assertThat(second.told(NodeEvent.Lost.class))
                    .containsExactly(new NodeEvent.Lost(Node.text(link.address()), "silent for 600 ms"));
            assertThat(third.told(NodeEvent.Lost.class)).isEmpty();
            assertThat(second.told(NodeEvent.Whole.class))
                    .as("nothing verified is sent again")
                    .containsExactly(new NodeEvent.Whole(manifest.size(), 0));
        }
    }

    @Test
    void anotherManifestIsRefusedByItsCode() throws Exception {
        Fleet.Member source = fleet.source(model);
        Digest other = Digest.of(new byte[1], 1);
        Fleet.Member receiver = fleet.start(
                fleet.options(directory.resolve("r"), other, Optional.empty(), Optional.empty(), Fleet.TOKEN),
                Fleet.plan(1, source.address()));

        awaitRefusal(receiver, Refusal.WRONG_MANIFEST);
        assertThat(directory.resolve("r")).doesNotExist();
    }

    @Test
    void anOldPlanIsRefusedByItsCode() throws Exception {
        Fleet.Member source = fleet.source(model);
        assertThat(source.node().accept(Fleet.plan(5))).isTrue();
        Fleet.Member receiver = fleet.receiver("r", source.address());

        awaitRefusal(receiver, Refusal.OLD_EPOCH);
        assertThat(receiver.node().accept(Fleet.plan(5, source.address()))).isTrue();
        assertWhole(receiver);
    }

    @Test
    void whoDoesNotKnowTheTokenIsSentNothing() throws Exception {
        Fleet.Member source = fleet.source(model);
        Fleet.Member receiver = fleet.start(
                fleet.options(
                        directory.resolve("r"),
                        manifest.id(),
                        Optional.empty(),
                        Optional.empty(),
                        "another token, as long".getBytes(StandardCharsets.UTF_8)),
                Fleet.plan(1, source.address()));

        awaitRefusal(receiver, Refusal.UNKNOWN);
    }

    @Test
    void aPlanThatIsNotNewerIsIgnored() throws Exception {
        Fleet.Member source = fleet.source(model);

        assertThat(source.node().accept(Fleet.plan(1))).isFalse();
        assertThat(source.node().accept(Fleet.plan(0))).isFalse();
    }

    private static void awaitRefusal(Fleet.Member receiver, Refusal refusal) throws InterruptedException {
        assertThat(receiver.awaits(NodeEvent.Refused.class, told -> true).refusal())
                .isEqualTo(refusal);
    }

    @Test
    void aNewerPlanMovesAReceiverInTheMiddleWithoutSendingAnythingTwice() throws Exception {
        fleet.links(8e6);
        Fleet.Member source = fleet.source(model);
        Fleet.Member middle = fleet.receiver("middle", source.address());
        Fleet.Member last = fleet.receiver("last", middle.address());
        Fleet.awaitLayers(last, 1);

        source.node().accept(Fleet.plan(2));
        last.node().accept(Fleet.plan(2, source.address()));
        middle.node().drain();
        middle.node().close();

        assertWhole(last);
        assertThat(last.told(NodeEvent.Lost.class)).isEmpty();
        assertThat(last.told(NodeEvent.Whole.class)).containsExactly(new NodeEvent.Whole(manifest.size(), 0));
    }

    @Test
    void whoIsAboutToLeaveSendsItsReceiversAway() throws Exception {
        fleet.links(8e6);
        Fleet.Member source = fleet.source(model);
        Fleet.Member middle = fleet.receiver("middle", source.address());
        Fleet.Member last = fleet.receiver("last", middle.address(), source.address());
        Fleet.awaitLayers(last, 1);

        middle.node().drain();

        assertWhole(last);
        assertThat(last.told(NodeEvent.Refused.class))
                .containsExactly(new NodeEvent.Refused(Node.text(middle.address()), Refusal.DRAINING));
    }

    @Test
    void theOriginIsReadOnceForAWholeChain() throws Exception {
        try (Origin origin = new Origin()) {
            Fleet.Member first = fleet.reader("first", origin.uri());
            Fleet.Member second = fleet.receiver("second", first.address());
            Fleet.Member third = fleet.receiver("third", second.address(), first.address());

            assertWhole(first);
            assertWhole(second);
            assertWhole(third);
            assertThat(origin.sent.get()).isEqualTo(manifest.size());
        }
    }

    @Test
    void onlyTheFirstReadsTheRestFromTheOriginWhenTheSourceIsLost() throws Exception {
        fleet.links(8e6);
        try (Origin origin = new Origin()) {
            Fleet.Member source = fleet.source(model);
            Fleet.Member first = fleet.reader("first", origin.uri(), source.address());
            Fleet.Member second = fleet.receiver("second", first.address(), source.address());
            Fleet.awaitLayers(second, 1);
            source.node().close();

            assertWhole(first);
            assertWhole(second);
            NodeEvent.Whole whole = first.told(NodeEvent.Whole.class).getFirst();
            assertThat(whole.bytesFromOrigin()).isPositive().isLessThan(manifest.size());
            assertThat(whole.bytesFromPeers() + whole.bytesFromOrigin()).isEqualTo(manifest.size());
            assertThat(second.told(NodeEvent.Lost.class)).isEmpty();
        }
    }

    @Test
    void anOriginThatHasChangedIsAFailureThatSaysSo() throws Exception {
        Files.write(model.resolve("extra/rest.bin"), new byte[150_001]);
        try (Origin origin = new Origin()) {
            Fleet.Member reader = fleet.reader("reader", origin.uri());

            assertThat(reader.ends()).isFalse();
            assertThat(reader.told(NodeEvent.Failed.class))
                    .singleElement()
                    .extracting(NodeEvent.Failed::why)
                    .isEqualTo("the origin's chunk 0 is not the manifest's");
        }
    }

    @Test
    void aReceiverThatCannotWriteFailsAndSaysWhere() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        Fleet.Member source = fleet.source(model);
        Fleet.Member receiver = fleet.receiver("file/r", source.address());

        assertThat(receiver.ends()).isFalse();
        assertThat(receiver.told(NodeEvent.Failed.class))
                .singleElement()
                .extracting(NodeEvent.Failed::why)
                .asString()
                .contains("file");
    }

    @Test
    void nonsenseFromTheNetworkHurtsNobody() throws Exception {
        Fleet.Member source = fleet.source(model);
        for (int length : List.of(0, 3, 50, 100_000)) {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), source.address().getPort())) {
                byte[] nonsense = new byte[length];
                Arrays.fill(nonsense, (byte) 0x7f);
                socket.getOutputStream().write(nonsense);
            } catch (IOException e) {
                assertThat(e).as("it hangs up").isNotNull();
            }
        }

        assertWhole(fleet.receiver("r", source.address()));
    }

    @Test
    void aSenderThatTalksNonsenseIsLeftForTheNext() throws Exception {
        Fleet.Member source = fleet.source(model);
        try (ServerSocket nonsense = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = nonsense.accept()) {
                    byte[] bytes = new byte[1000];
                    Arrays.fill(bytes, (byte) 0x7f);
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Fleet.Member receiver =
                    fleet.receiver("r", (InetSocketAddress) nonsense.getLocalSocketAddress(), source.address());

            assertWhole(receiver);
            assertThat(receiver.told(NodeEvent.Lost.class))
                    .singleElement()
                    .extracting(NodeEvent.Lost::why)
                    .isEqualTo("Whoever answers there does not send models");
        }
    }

    /// An object store that counts what it sends, and answers only to ranges.
    private final class Origin implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final AtomicLong sent = new AtomicLong();

        Origin() throws IOException {
            server.createContext("/", exchange -> {
                byte[] file = Files.readAllBytes(
                        model.resolve(exchange.getRequestURI().getPath().substring("/models/m/".length())));
                String[] range = exchange.getRequestHeaders()
                        .getFirst("Range")
                        .substring("bytes=".length())
                        .split("-");
                byte[] part = Arrays.copyOfRange(file, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
                sent.addAndGet(part.length);
                exchange.sendResponseHeaders(206, part.length);
                exchange.getResponseBody().write(part);
                exchange.close();
            });
            server.start();
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/models/m");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
