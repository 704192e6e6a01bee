package dev.skyhedge.agent.wire;

import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.TaskId;
import dev.skyhedge.agent.protocol.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Answers, each with its kind.
public final class AnswerJson {
    private AnswerJson() {}

    public static byte[] write(Answer answer) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (answer) {
            case Answer.Done(String detail) -> {
                out.put("answer", "done");
                out.put("detail", detail);
            }
            case Answer.Refused(Answer.Code code, String message) -> {
                out.put("answer", "refused");
                out.put("code", code.name());
                out.put("message", message);
            }
            case Answer.AgentStatus status -> {
                out.put("answer", "status");
                out.put("protocol", status.protocol());
                out.put("boot", status.boot());
                out.put("pid", status.pid());
                out.put("epoch", status.epoch());
                status.draining().ifPresent(reason -> out.put("draining", reason));
                out.put("tasks", status.tasks().stream().map(AnswerJson::task).toList());
            }
            case Answer.LogLines log -> {
                out.put("answer", "log");
                out.put("lines", log.lines());
            }
            case Answer.ReportLines reports -> {
                out.put("answer", "reports");
                out.put("lines", reports.lines());
                out.put("next", reports.next());
                out.put("malformed", reports.malformed());
                out.put("restarted", reports.restarted());
            }
        }
        return Json.bytes(out);
    }

    private static Map<String, Object> task(TaskStatus task) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", task.id().name());
        out.put("generation", task.id().generation());
        out.put("token", task.token());
        out.put("phase", task.phase().name());
        out.put("since", task.since().toString());
        task.process().ifPresent(process -> out.put("process", Parts.process(process)));
        task.ending().ifPresent(ending -> out.put("ending", Parts.ending(ending)));
        out.put("checkpoints", task.checkpoints());
        task.latest().ifPresent(latest -> out.put("latest", latest));
        return out;
    }

    /// @throws IllegalArgumentException with what is wrong
    public static Answer read(byte[] bytes) {
        Fields in = Fields.of(bytes);
        String answer = in.text("answer");
        return switch (answer) {
            case "done" -> new Answer.Done(in.text("detail"));
            case "refused" -> new Answer.Refused(Answer.Code.valueOf(in.text("code")), in.text("message"));
            case "status" ->
                new Answer.AgentStatus(
                        in.small("protocol"),
                        in.text("boot"),
                        in.number("pid"),
                        in.number("epoch"),
                        in.optional("draining", in::text),
                        in.objects("tasks").stream().map(AnswerJson::task).toList());
            case "log" -> new Answer.LogLines(in.texts("lines"));
            case "reports" ->
                new Answer.ReportLines(
                        in.texts("lines"), in.number("next"), in.small("malformed"), in.truth("restarted"));
            default -> throw new IllegalArgumentException("\"" + answer + "\" is no answer of this version");
        };
    }

    private static TaskStatus task(Fields in) {
        return new TaskStatus(
                new TaskId(in.text("name"), in.number("generation")),
                in.text("token"),
                Phase.valueOf(in.text("phase")),
                Instant.parse(in.text("since")),
                in.optional("process", in::object).map(Parts::process),
                in.optional("ending", in::object).map(Parts::ending),
                in.texts("checkpoints"),
                in.optional("latest", in::text));
    }
}
