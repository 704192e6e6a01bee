package dev.skyhedge.providers.cloud.boot;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.NoticeAddress;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The user data of an instance: a POSIX shell script that starts the workload and, if somebody listens, the
/// agent that passes the cloud's notices on. The same request gives the same bytes: no time, nothing random.
///
/// Variables of the workload reach it through a file that only root may read and through the environment of the
/// process that starts it, never through arguments, which every user of the machine can list. So does what stands in
/// front of a workload.
public final class BootScript {
    /// The most bytes of user data that every cloud takes (Amazon EC2: 16 KB before base64).
    public static final int MAX_BYTES = 16_384;

    private static final String CPU = "CPU";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String WORKLOAD = resource("workload.sh");
    private static final String AGENT = resource("agent.sh");
    private static final String BOOT = resource("boot.sh");
    private static final int BASE64_LINE = 76;

    private BootScript() {}

    /// Writes the script, as [#write(LaunchRequest, MetadataService, Optional, boolean)] does; the
    /// container gets the machine's GPUs if the offer has any.
    public static Outcome<String> write(LaunchRequest request, MetadataService service, Optional<URI> metadata) {
        boolean gpu = !request.offer().accelerator().type().equals(CPU);
        return write(request, service, metadata, gpu);
    }

    /// Writes the script. Fails with [Failure.InvalidRequest] if it is longer than [#MAX_BYTES] or a variable
    /// has a name that no shell takes.
    ///
    /// @param request what is launched
    /// @param service which cloud's notices the agent understands
    /// @param metadata where the agent finds that service; empty means at its usual address
    /// @param gpu whether the container gets the machine's GPUs
    public static Outcome<String> write(
            LaunchRequest request, MetadataService service, Optional<URI> metadata, boolean gpu) {
        Workload workload = request.workload();
        for (Map.Entry<String, String> variable : workload.environment().entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()
                    || variable.getValue().indexOf('\0') >= 0) {
                return Outcome.failed(new Failure.InvalidRequest(
                        "the variable \"" + variable.getKey() + "\" cannot be handed to a shell"));
            }
        }
        String script = BOOT.replace("@ENVIRONMENT@", base64(environment(workload)))
                .replace(
                        "@ENTRANCE@",
                        workload.entrance()
                                .map(one -> Proxy.files(one, workload.port()))
                                .orElse(""))
                .replace("@WORKLOAD@", base64(workload(workload, gpu)))
                .replace(
                        "@AGENT@",
                        request.notices()
                                .map(to -> agent(request, to, service, metadata))
                                .orElse(""));
        int bytes = script.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            return Outcome.failed(new Failure.InvalidRequest("the boot script has " + bytes
                    + " bytes and a cloud takes " + MAX_BYTES + ": shorten the workload's command or environment"));
        }
        return Outcome.done(script);
    }

    /// What a cloud that runs a script before it stops a machine should run: tells the agent.
    public static String shutdownScript() {
        return "#!/bin/sh\nkill -TERM \"$(cat /var/lib/skyhedge/agent.pid)\"\nsleep 5\n";
    }

    private static String environment(Workload workload) {
        var lines = new StringBuilder("export PORT='").append(workload.port()).append("'\n");
        workload.environment()
                .forEach((name, value) -> lines.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n'));
        return lines.toString();
    }

    private static String workload(Workload workload, boolean gpu) {
        String arguments = workload.command().stream().map(BootScript::quoted).collect(Collectors.joining(" "));
        if (workload.image().isEmpty()) {
            return "set -- " + arguments + "\nexec \"$@\"\n";
        }
        List<String> names = workload.environment().keySet().stream().toList();
        String variables = names.stream().map(name -> " -e " + name).collect(Collectors.joining());
        boolean behindProxy = workload.entrance().isPresent();
        return WORKLOAD.replace("@GPU@", gpu ? "--gpus all " : "")
                .replace("@START_PROXY@", behindProxy ? Proxy.START : "")
                .replace("@PUBLISHED@", behindProxy ? "127.0.0.1:" + listensOn(workload) : "@PORT@")
                .replace("@PORT@", Integer.toString(workload.port()))
                .replace("@VARIABLES@", "-e PORT" + variables)
                .replace("@IMAGE@", quoted(workload.image().get()))
                .replace("@ARGUMENTS@", arguments);
    }

    private static String agent(
            LaunchRequest request, NoticeAddress to, MetadataService service, Optional<URI> metadata) {
        String settings = "NOTICES=" + quoted(to.url().toString()) + "\nTOKEN="
                + quoted(request.token().value())
                + "\nSERVICE=" + service.word() + "\nMETADATA="
                + quoted(metadata.orElse(service.address()).toString().replaceAll("/+$", "")) + "\nWORKLOAD_PORT="
                + listensOn(request.workload()) + "\n";
        String authorization = "header = \"Authorization: "
                + to.authorization().replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
        return "unpack authorization <<END\n" + base64(authorization) + "END\ncat > agent-settings <<'END'\n" + settings
                + "END\ncat > agent <<'END'\n" + AGENT + "END\nstart agent\n";
    }

    /// The machine's port on which the workload itself is reached, from the machine only if something is in front.
    private static int listensOn(Workload workload) {
        return workload.entrance().isPresent() ? Proxy.inner(workload.port()) : workload.port();
    }

    /// A text as one word of a shell.
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static String base64(String text) {
        return Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'})
                        .encodeToString(text.getBytes(StandardCharsets.UTF_8))
                + "\n";
    }

    static String resource(String name) {
        try (InputStream in = BootScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
