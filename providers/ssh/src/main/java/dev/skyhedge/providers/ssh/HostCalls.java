package dev.skyhedge.providers.ssh;

import dev.skyhedge.providers.cloud.boot.BootScript;
import dev.skyhedge.providers.cloud.boot.MetadataService;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a machine is told, and what its answers say. The script is one for all calls.
final class HostCalls {
    private static final String SCRIPT = script();
    /// From where on, how long the log is, and whether nothing is added to it any more.
    private static final Pattern LOG = Pattern.compile("log (\\d{1,15}) (\\d{1,15}) (yes|no)");

    private static final int REFUSAL_BYTES = 1000;
    private static final Duration AFTER_BUSY = Duration.ofSeconds(2);

    private final Shell shell;

    HostCalls(Shell shell) {
        this.shell = shell;
    }

    Outcome<Instance> claim(Host host, LaunchRequest request) {
        var plain = new LaunchRequest(
                request.offer(), request.tags(), request.workload(), request.diskGb(), Optional.empty());
        return BootScript.write(plain, MetadataService.NONE, Optional.empty())
                .then(boot -> ask(
                        host,
                        "TOKEN=" + request.token() + "\nTAGS=" + Claim.tags(request)
                                + "\nDIGEST="
                                + Sha256.hex(boot + request.offer().accelerator())
                                + "\nPORT=" + request.workload().port()
                                + "\nMOST=" + host.maxReplicas()
                                + "\nDOCKER="
                                + (request.workload().image().isPresent() ? "yes" : "no")
                                + "\nBOOT=" + Base64.getEncoder().encodeToString(boot.getBytes(StandardCharsets.UTF_8))
                                + "\n",
                        "claim"))
                .then(answer -> claimed(host, text(answer).strip()));
    }

    static Outcome<Instance> claimed(Host host, String answer) {
        if (answer.equals("full")) {
            return Outcome.failed(new Failure.NoCapacity(
                    host.scope(), host.name() + " runs as many replicas as it may, or one on this port"));
        }
        if (answer.equals("conflict")) {
            return Outcome.failed(new Failure.Conflict("the token names another claim on " + host.name()));
        }
        return Claim.read(host, answer).map(Outcome::done).orElseGet(() -> Outcome.failed(broken(host)));
    }

    Outcome<List<Instance>> list(Host host) {
        return ask(host, "", "list").then(answer -> listed(host, text(answer)));
    }

    /// A list without its last line is half a list: what is missing in it would look gone.
    static Outcome<List<Instance>> listed(Host host, String answer) {
        List<String> lines = answer.lines().toList();
        if (lines.isEmpty() || !lines.getLast().equals("listed")) {
            return Outcome.failed(broken(host));
        }
        List<Optional<Instance>> read = lines.subList(0, lines.size() - 1).stream()
                .map(line -> Claim.read(host, line))
                .toList();
        return read.stream().allMatch(Optional::isPresent)
                ? Outcome.done(read.stream().flatMap(Optional::stream).toList())
                : Outcome.failed(broken(host));
    }

    Outcome<Provider.Ended> end(Host host, String token) {
        return ask(host, "TOKEN=" + token + "\n", "end")
                .then(answer -> text(answer).strip().equals("ended")
                        ? Outcome.done(Provider.Ended.ENDED)
                        : Outcome.failed(broken(host)));
    }

    Outcome<LogPage> log(Host host, String token, long offset, int maxBytes) {
        String asked = "TOKEN=" + token + "\nOFFSET=" + offset + "\nBYTES=" + maxBytes + "\n";
        return ask(host, asked, "log").then(answer -> page(host, answer));
    }

    static Outcome<LogPage> page(Host host, byte[] answer) {
        int line = 0;
        while (line < answer.length && answer[line] != '\n') {
            line++;
        }
        String head = new String(answer, 0, line, StandardCharsets.UTF_8);
        if (head.equals("missing")) {
            return Outcome.failed(new Failure.NotFound("no such claim on " + host.name()));
        }
        Matcher words = LOG.matcher(head);
        if (!words.matches() || line == answer.length) {
            return Outcome.failed(broken(host));
        }
        int length = answer.length - line - 1;
        long next = Long.parseLong(words.group(1)) + length;
        boolean complete = words.group(3).equals("yes") && next >= Long.parseLong(words.group(2));
        return Outcome.done(new LogPage(new String(answer, line + 1, length, StandardCharsets.UTF_8), next, complete));
    }

    private Outcome<byte[]> ask(Host host, String variables, String call) {
        return shell.run(host, variables + whole(host, call)).then(answer -> heard(host, answer));
    }

    /// What any call may be answered instead of what it asks for.
    static Outcome<byte[]> heard(Host host, byte[] answer) {
        String text = answer.length > REFUSAL_BYTES ? "" : text(answer).strip();
        if (text.equals("busy")) {
            return Outcome.failed(new Failure.Throttled(AFTER_BUSY, host.name() + " is answering other calls"));
        }
        return text.startsWith("refused ")
                ? Outcome.failed(new Failure.UnsupportedHere(
                        host.scope(), host.name() + ": " + text.substring("refused ".length())))
                : Outcome.done(answer);
    }

    private static Failure broken(Host host) {
        return new Failure.OutcomeUnknown("the answer of " + host.name() + " is none of ours, or broke off");
    }

    private static String whole(Host host, String call) {
        String place = host.stateDirectory();
        String state = place.startsWith("/") ? place : "$HOME/" + (place.startsWith("~/") ? place.substring(2) : place);
        return "STATE=\"" + state + "\"\n" + SCRIPT + call + "\nexit 0\n";
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static String script() {
        try (InputStream in = HostCalls.class.getResourceAsStream("host.sh")) {
            if (in == null) {
                throw new IllegalStateException("The resource host.sh is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
