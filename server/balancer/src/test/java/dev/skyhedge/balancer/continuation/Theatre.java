package dev.skyhedge.balancer.continuation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.load.engine.EngineSettings;
import dev.skyhedge.load.engine.FakeEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plays a stream between fake engines and a client, and kills engines in it as told.
final class Theatre {
    static final ObjectMapper JSON = new ObjectMapper();

    private final FakeEngine engine;
    private final RandomGenerator pieces;

    /// Where the engine of one leg dies.
    ///
    /// @param event before the end of which event of its stream
    /// @param bytes so many bytes of that event were sent; all of them if there are not as many
    record Kill(int event, int bytes) {}

    /// What the client has got, and what the engines were asked.
    ///
    /// @param broken whether its connection broke in the end
    record Played(String client, boolean broken, List<String> paths, List<JsonNode> asked, Level level) {
        /// What no continuation had a part in.
        static Played undisturbed(String client) {
            return new Played(client, false, List.of(), List.of(), Level.NONE);
        }

        List<JsonNode> events() {
            List<JsonNode> events = new ArrayList<>();
            for (String event : client.split("\n\n")) {
                if (!event.equals("data: [DONE]")) {
                    events.add(json(event.substring("data: ".length())));
                }
            }
            return events;
        }

        String text() {
            return Theatre.text(events());
        }

        long count(String part) {
            return client.split(Pattern.quote(part), -1).length - 1L;
        }
    }

    /// @param pieces decides how the bytes of an engine are cut on their way
    Theatre(EngineSettings settings, RandomGenerator pieces) {
        this.engine = new FakeEngine(settings);
        this.pieces = pieces;
    }

    Played play(String path, String body, Continuation allowed, Kill... kills) {
        return play(path, body, allowed, List.of(kills));
    }

    /// @param kills of the first engine, the second and so on; those after them live
    Played play(String path, String body, Continuation allowed, List<Kill> kills) {
        ContinuedStream stream = ContinuedStream.of(path, body.getBytes(StandardCharsets.UTF_8), allowed)
                .orElseThrow();
        var client = new ByteArrayOutputStream();
        List<JsonNode> asked = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int leg = 0; ; leg++) {
            asked.add(json(new String(stream.body(), StandardCharsets.UTF_8)));
            paths.add(stream.path());
            FakeEngine.Reply reply = engine.answer(stream.path(), stream.body(), "1", 5);
            if (!(reply instanceof FakeEngine.Reply.Events events)) {
                throw new AssertionError(reply + " to " + asked.getLast());
            }
            byte[] sent = leg < kills.size() ? until(events, kills.get(leg)) : until(events, null);
            if (stream(stream, sent, client)) {
                return new Played(client.toString(StandardCharsets.UTF_8), false, paths, asked, stream.level());
            }
            switch (stream.lost()) {
                case Next.Resume _ -> {}
                case Next.Close(byte[] rest) -> {
                    client.writeBytes(rest);
                    return new Played(client.toString(StandardCharsets.UTF_8), false, paths, asked, stream.level());
                }
                case Next.Break(byte[] event) -> {
                    client.writeBytes(event);
                    return new Played(client.toString(StandardCharsets.UTF_8), true, paths, asked, stream.level());
                }
            }
        }
    }

    /// What an engine sends to a client that asks it without us.
    String direct(String path, String body) {
        var events = (FakeEngine.Reply.Events) engine.answer(path, body.getBytes(StandardCharsets.UTF_8), "1", 5);
        return new String(until(events, null), StandardCharsets.UTF_8);
    }

    private static byte[] until(FakeEngine.Reply.Events events, @Nullable Kill kill) {
        var sent = new ByteArrayOutputStream();
        for (int index = 0; events.events().hasNext(); index++) {
            byte[] event = ("data: " + events.events().next() + "\n\n").getBytes(StandardCharsets.UTF_8);
            if (kill != null && index == kill.event()) {
                sent.write(event, 0, Math.min(kill.bytes(), event.length));
                break;
            }
            sent.writeBytes(event);
        }
        return sent.toByteArray();
    }

    /// @return whether the client has all of it
    private boolean stream(ContinuedStream stream, byte[] sent, ByteArrayOutputStream client) {
        int at = 0;
        while (at < sent.length) {
            int size = Math.min(sent.length - at, 1 + pieces.nextInt(600));
            Taken taken = stream.take(ByteBuffer.wrap(sent, at, size));
            client.writeBytes(taken.bytes());
            at += size;
            if (taken.progress() != Taken.Progress.GOES_ON) {
                return taken.progress() == Taken.Progress.DONE;
            }
        }
        return false;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    static String text(List<JsonNode> events) {
        var text = new StringBuilder();
        for (JsonNode event : events) {
            JsonNode choice = event.path("choices").path(0);
            text.append(choice.path("text").asText(""))
                    .append(choice.path("delta").path("content").asText(""));
        }
        return text.toString();
    }
}
