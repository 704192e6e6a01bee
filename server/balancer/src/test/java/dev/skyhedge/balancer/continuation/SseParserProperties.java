package dev.skyhedge.balancer.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SseParserProperties {
    @Property(tries = 500)
    void whereTheBytesAreCutMakesNoDifference(@ForAll long seed) {
        var random = new Random(seed);
        String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        List<String> data = new ArrayList<>();
        var text = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            data.add("{\"n\":" + random.nextInt() + ",\"é\":\"😀\"}");
            text.append(": ping").append(end).append("data: ").append(data.getLast());
            text.append(end).append(end);
        }

        assertThat(parsed(text.toString(), random)).isEqualTo(data);
    }

    @Example
    void joinsLinesOfDataAndKnowsComments() {
        var parser = new SseParser();

        List<SseParser.Event> events = parser.take(bytes("data:a\ndata:  b\n\n: only a comment\n\n\n"));

        assertThat(events.stream().map(SseParser.Event::data)).containsExactly(Optional.of("a\n b"), Optional.empty());
    }

    @Example
    void anEventWithoutItsEmptyLineIsNone() {
        assertThat(new SseParser().take(bytes("data: [DONE]\n"))).isEmpty();
    }

    @Example
    void anEventThatNeverEndsIsGivenUp() {
        var parser = new SseParser();
        ByteBuffer piece = bytes("x".repeat(64 * 1024));

        while (!parser.isTooLong()) {
            assertThat(parser.keptBytes()).isLessThanOrEqualTo(SseParser.MAX_EVENT_BYTES);
            assertThat(parser.take(piece.rewind())).isEmpty();
        }
        parser.take(piece.rewind());
        assertThat(parser.keptBytes()).isEqualTo(SseParser.MAX_EVENT_BYTES + 1);
    }

    private static List<String> parsed(String text, Random random) {
        var parser = new SseParser();
        List<String> data = new ArrayList<>();
        ByteBuffer bytes = bytes(text);
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), 1 + random.nextInt(20));
            parser.take(bytes.slice(bytes.position(), size))
                    .forEach(event -> data.add(event.data().orElseThrow()));
            bytes.position(bytes.position() + size);
        }
        return data;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
