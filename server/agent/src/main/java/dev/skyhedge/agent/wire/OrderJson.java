package dev.skyhedge.agent.wire;

import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Orders with the epoch of who gives them.
public final class OrderJson {
    /// @param epoch of the controller
    public record Envelope(long epoch, Order order) {}

    private OrderJson() {}

    public static byte[] write(Envelope envelope) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("epoch", envelope.epoch());
        switch (envelope.order()) {
            case Order.Start start -> {
                of(out, "start", start.id());
                out.put("token", start.token());
                out.put("command", start.command());
                out.put("environment", start.environment());
                out.put("share", start.share());
                out.put("atoms", start.atoms());
                out.put("resume_from", start.resumeFrom());
                out.put("parameters", start.parameters());
            }
            case Order.Stop(TaskId id, Duration grace) -> of(out, "stop", id).put("grace_ms", grace.toMillis());
            case Order.Signal(TaskId id, Order.Signal.Name name) ->
                of(out, "signal", id).put("signal", name.name());
            case Order.Pause(TaskId id) -> of(out, "pause", id);
            case Order.Resume(TaskId id) -> of(out, "resume", id);
            case Order.Forget(TaskId id) -> of(out, "forget", id);
            case Order.Drain(String reason) -> {
                out.put("order", "drain");
                out.put("reason", reason);
            }
            case Order.Accept() -> out.put("order", "accept");
            case Order.Status() -> out.put("order", "status");
            case Order.Log(TaskId id, int lines) -> of(out, "log", id).put("lines", lines);
            case Order.Reports(TaskId id, long after) -> of(out, "reports", id).put("after", after);
        }
        return Json.bytes(out);
    }

    private static Map<String, Object> of(Map<String, Object> out, String order, TaskId id) {
        out.put("order", order);
        out.put("name", id.name());
        out.put("generation", id.generation());
        return out;
    }

    /// @throws IllegalArgumentException with what is wrong
    public static Envelope read(byte[] bytes) {
        Fields in = Fields.of(bytes);
        long epoch = in.number("epoch");
        if (epoch < 0) {
            throw new IllegalArgumentException("Epochs begin with 0");
        }
        return new Envelope(epoch, order(in));
    }

    private static Order order(Fields in) {
        String order = in.text("order");
        return switch (order) {
            case "start" ->
                new Order.Start(
                        id(in),
                        in.text("token"),
                        in.texts("command"),
                        in.textByName("environment"),
                        in.decimal("share"),
                        in.small("atoms"),
                        in.text("resume_from"),
                        parameters(in.text("parameters")));
            case "stop" -> new Order.Stop(id(in), Duration.ofMillis(in.number("grace_ms")));
            case "signal" -> new Order.Signal(id(in), Order.Signal.Name.valueOf(in.text("signal")));
            case "pause" -> new Order.Pause(id(in));
            case "resume" -> new Order.Resume(id(in));
            case "forget" -> new Order.Forget(id(in));
            case "drain" -> new Order.Drain(in.text("reason"));
            case "accept" -> new Order.Accept();
            case "status" -> new Order.Status();
            case "log" -> new Order.Log(id(in), in.small("lines"));
            case "reports" -> new Order.Reports(id(in), in.number("after"));
            default -> throw new IllegalArgumentException("\"" + order + "\" is no order of this version");
        };
    }

    private static String parameters(String text) {
        Json.object(text.getBytes(StandardCharsets.UTF_8));
        return text;
    }

    private static TaskId id(Fields in) {
        return new TaskId(in.text("name"), in.number("generation"));
    }
}
