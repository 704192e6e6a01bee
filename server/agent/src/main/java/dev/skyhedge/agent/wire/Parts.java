package dev.skyhedge.agent.wire;

import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What answers and the journal have in common.
final class Parts {
    private Parts() {}

    static Map<String, Object> process(ProcessIdentity process) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("boot", process.boot());
        out.put("pid", process.pid());
        out.put("ticks", process.ticks());
        out.put("session", process.session());
        out.put("session_ticks", process.sessionTicks());
        return out;
    }

    static ProcessIdentity process(Fields in) {
        return new ProcessIdentity(
                in.text("boot"),
                in.number("pid"),
                in.number("ticks"),
                in.number("session"),
                in.number("session_ticks"));
    }

    static Map<String, Object> ending(Ending ending) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", ending.kind().name());
        ending.exitCode().ifPresent(code -> out.put("exit_code", code));
        out.put("last_lines", ending.lastLines());
        return out;
    }

    static Ending ending(Fields in) {
        Optional<Integer> code = in.optional("exit_code", in::small);
        return new Ending(
                Ending.Kind.valueOf(in.text("kind")),
                code.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                in.texts("last_lines"));
    }
}
