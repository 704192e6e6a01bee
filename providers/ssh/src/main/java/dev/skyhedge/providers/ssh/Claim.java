package dev.skyhedge.providers.ssh;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// How a claim is written on a machine, and read back as an instance.
final class Claim {
    private static final int FIELDS = 7;

    private Claim() {}

    /// What is kept of a request: one word of base64.
    static String tags(LaunchRequest request) {
        InstanceTags tags = request.tags();
        String text = String.join(
                "\n",
                tags.lineage(),
                tags.service(),
                tags.replica(),
                Integer.toString(tags.generation()),
                request.offer().accelerator().toString(),
                Integer.toString(request.workload().port()));
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a line `claim TOKEN SINCE STATE ENDED WHY TAGS`; empty if it is something else.
    static Optional<Instance> read(Host host, String line) {
        String[] words = line.split(" ", -1);
        if (words.length != FIELDS || !words[0].equals("claim")) {
            return Optional.empty();
        }
        try {
            String[] tags = new String(Base64.getDecoder().decode(words[6]), StandardCharsets.UTF_8).split("\n", -1);
            var written = new InstanceTags(
                    tags[0], tags[1], tags[2], Integer.parseInt(tags[3]), new IdempotencyToken(words[1]));
            var offer = new Offer(
                    host.name(), Accelerator.parse(tags[4]), host.location(), Market.ON_DEMAND, HourlyPrice.ZERO);
            InstanceState state = InstanceState.valueOf(words[3]);
            boolean ended = state == InstanceState.ENDED;
            return Optional.of(new Instance(
                    words[1],
                    offer,
                    written,
                    state,
                    ended ? Optional.empty() : Optional.of(new Endpoint(host.address(), Integer.parseInt(tags[5]))),
                    Instant.ofEpochSecond(Long.parseLong(words[2])),
                    ended ? Optional.of(end(Long.parseLong(words[4]), words[5])) : Optional.empty()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Instance.End end(long at, String why) {
        return switch (why) {
            case "TERMINATED" -> new Instance.End(Instant.ofEpochSecond(at), EndCause.TERMINATED, "");
            case "REBOOTED" ->
                new Instance.End(Instant.ofEpochSecond(at), EndCause.EXITED, "the machine was restarted");
            case "UNSTARTED" ->
                new Instance.End(Instant.ofEpochSecond(at), EndCause.FAILED_TO_START, "nothing was started");
            default -> new Instance.End(Instant.ofEpochSecond(at), EndCause.EXITED, "its process has ended");
        };
    }
}
