package dev.skyhedge.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A headless Chromium, told what to do by the protocol of its developer tools. It notes what went
/// wrong in the page and every address that the page asked for.
final class Browser implements AutoCloseable {
    private static final List<Path> CHROMIUM =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();

    /// @param profile an empty directory of its own
    Browser(Path profile) throws IOException, InterruptedException {
        Path browser = CHROMIUM.stream().filter(Files::isExecutable).findFirst().orElse(Path.of(""));
        assumeTrue(Files.isExecutable(browser), "Chromium is not installed");
        process = new ProcessBuilder(
                        browser.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = client.newWebSocketBuilder()
                .buildAsync(page(profile), new Listener())
                .join();
        call("Runtime.enable", "{}");
        call("Log.enable", "{}");
        call("Network.enable", "{}");
        call("Page.enable", "{}");
    }

    private URI page(Path profile) throws IOException, InterruptedException {
        Path port = profile.resolve("DevToolsActivePort");
        await(
                "the browser's port",
                () -> Files.exists(port) && Files.readString(port).contains("\n"));
        var list = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list"))
                .build();
        for (JsonNode target :
                MAPPER.readTree(client.send(list, BodyHandlers.ofString()).body())) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("The browser has no page");
    }

    /// Opens an address, and waits until the page has shown something.
    void open(URI uri) throws IOException, InterruptedException {
        call(
                "Page.navigate",
                MAPPER.createObjectNode().put("url", uri.toString()).toString());
        awaitTrue("document.querySelector('main') !== null && document.querySelector('main h2, main h1') !== null");
    }

    /// @param scheme `light` or `dark`
    void looks(int width, int height, double scale, String scheme) {
        ObjectNode size = MAPPER.createObjectNode().put("width", width).put("height", height);
        size.put("deviceScaleFactor", scale).put("mobile", width < 700);
        call("Emulation.setDeviceMetricsOverride", size.toString());
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    }

    /// What a script comes to.
    JsonNode value(String script) {
        ObjectNode parameters = MAPPER.createObjectNode()
                .put("expression", script)
                .put("returnByValue", true)
                .put("awaitPromise", true);
        JsonNode result = call("Runtime.evaluate", parameters.toString());
        if (result.has("exceptionDetails")) {
            throw new AssertionError(script + " failed: " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /// Waits until a script says true.
    void awaitTrue(String script) throws IOException, InterruptedException {
        await(script, () -> value(script).asBoolean());
    }

    /// Presses a key.
    void press(String key) {
        ObjectNode down = MAPPER.createObjectNode()
                .put("type", "keyDown")
                .put("key", key)
                .put("text", key.length() == 1 ? key : "");
        call("Input.dispatchKeyEvent", down.toString());
        call("Input.dispatchKeyEvent", down.put("type", "keyUp").put("text", "").toString());
    }

    byte[] screenshot() {
        JsonNode shot = call("Page.captureScreenshot", "{\"format\":\"png\"}");
        return Base64.getDecoder().decode(shot.path("data").asText());
    }

    /// Errors in the page's console, and scripts that failed.
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /// Every address that was asked for.
    List<String> requested() {
        return List.copyOf(requested);
    }

    private JsonNode call(String method, String parameters) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Waited in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            @Nullable
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.path("id").asInt());
            if (answer == null) {
                return;
            }
            if (message.has("error")) {
                answer.completeExceptionally(
                        new IOException(message.path("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        JsonNode told = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> troubles.add(told.toString());
            case "Log.entryAdded" -> note(told.path("entry").path("level").asText(), told);
            case "Runtime.consoleAPICalled" -> note(told.path("type").asText(), told);
            case "Network.requestWillBeSent" ->
                requested.add(told.path("request").path("url").asText());
            default -> {}
        }
    }

    private void note(String level, JsonNode told) {
        if (level.equals("error") || level.equals("warning")) {
            troubles.add(told.toString());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    take(MAPPER.readTree(text.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException("The browser speaks no JSON", e);
                } finally {
                    text.setLength(0);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
