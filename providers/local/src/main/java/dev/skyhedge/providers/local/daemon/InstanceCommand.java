package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.Sessions;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Workload;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How an instance's process is started.
///
/// A shell stands before the command and waits for a line on its standard input: the process exists, and its id
/// can be written down, before the command runs. If the daemon dies in between, the shell reads the end of its
/// input and the command never runs.
final class InstanceCommand {
    private static final String GATE = "read -r go || exit 125; exec \"$@\" </dev/null";
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

    /// As a shell would read it: `$PORTAL` is another variable.
    private static final Pattern PORT = Pattern.compile("\\$\\{PORT}|\\$PORT(?![A-Za-z0-9_])");

    private InstanceCommand() {}

    /// The builder, or what is wrong with the command.
    ///
    /// @param programs directory that is searched before `PATH`
    sealed interface Prepared {
        record Ready(ProcessBuilder builder) implements Prepared {}

        record Impossible(String why) implements Prepared {}
    }

    static Prepared prepare(Instance instance, Workload workload, int port, Optional<String> programs) {
        List<String> command =
                workload.command().stream().map(word -> withPort(word, port)).toList();
        List<String> gated = new ArrayList<>(List.of("sh", "-c", GATE, "sh"));
        gated.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(Sessions.own(gated)).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        Sessions.keepOnly(environment, INHERITED);
        environment.putAll(workload.environment());
        environment.put("PORT", Integer.toString(port));
        programs.ifPresent(
                directory -> environment.merge("PATH", directory, (path, first) -> first + File.pathSeparator + path));
        putTags(environment, instance);
        if (Sessions.find(command.getFirst(), Optional.ofNullable(environment.get("PATH")))
                .isEmpty()) {
            return new Prepared.Impossible("no such command: " + command.getFirst());
        }
        return new Prepared.Ready(builder);
    }

    /// The word with the instance's own port where it asks for it.
    static String withPort(String word, int port) {
        return PORT.matcher(word).replaceAll(Integer.toString(port));
    }

    private static void putTags(Map<String, String> environment, Instance instance) {
        InstanceTags tags = instance.tags();
        environment.put("SKYHEDGE_INSTANCE", instance.id());
        environment.put("SKYHEDGE_LINEAGE", tags.lineage());
        environment.put("SKYHEDGE_SERVICE", tags.service());
        environment.put("SKYHEDGE_REPLICA", tags.replica());
        environment.put("SKYHEDGE_GENERATION", Integer.toString(tags.generation()));
        environment.put("SKYHEDGE_LOCATION", instance.offer().location().toString());
        environment.put("SKYHEDGE_MARKET", instance.offer().market().word());
    }
}
