package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/// Reads an instance out of EC2's answer. Every element may be missing: other implementations of the API leave
/// out what they do not simulate.
final class InstanceReader {
    private static final Pattern WHEN = Pattern.compile(".*\\((\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})[^)]*\\)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Accelerator NOT_KNOWN = Accelerator.parse("CPU");
    private static final String BY_USER = "Client.UserInitiatedShutdown";
    private static final String FROM_INSIDE = "Client.InstanceInitiatedShutdown";
    /// The state reason of an instance for which there was no room after all.
    static final String NO_ROOM = "Server.InsufficientInstanceCapacity";

    private static final Set<String> NEVER_RAN = Set.of(
            NO_ROOM,
            "Server.InternalError",
            "Client.InternalError",
            "Client.InvalidSnapshot.NotFound",
            "Client.VolumeLimitExceeded");
    private static final String USER_TRANSITION = "User initiated";

    private final Prices prices;
    private final Memory<Instant> ends;
    private final Memory<Boolean> terminations;
    private final boolean publicAddress;
    private final InstantSource clock;

    /// A reader.
    ///
    /// @param ends when instances were first seen ended
    /// @param terminations the instances that this client has ended
    /// @param publicAddress whether to reach workloads at their public address, if they have one
    InstanceReader(
            Prices prices,
            Memory<Instant> ends,
            Memory<Boolean> terminations,
            boolean publicAddress,
            InstantSource clock) {
        this.prices = prices;
        this.ends = ends;
        this.terminations = terminations;
        this.publicAddress = publicAddress;
        this.clock = clock;
    }

    /// The instance; empty if it is not one of ours.
    Optional<Instance> read(String region, software.amazon.awssdk.services.ec2.model.Instance said) {
        Map<String, String> tags = TagSet.read(said.tags());
        String id = said.instanceId();
        if (id == null || id.isEmpty()) {
            return Optional.empty();
        }
        return TagSet.owner(tags, id).map(owner -> read(region, said, tags, owner));
    }

    private Instance read(
            String region,
            software.amazon.awssdk.services.ec2.model.Instance said,
            Map<String, String> tags,
            InstanceTags owner) {
        Market market = said.instanceLifecycle() == InstanceLifecycleType.SPOT ? Market.SPOT : Market.ON_DEMAND;
        Location location = new Location(AwsProviderFactory.NAME, region, zone(region, said));
        String type = orElse(said.instanceTypeAsString(), "unknown");
        Accelerator accelerator =
                TagSet.accelerator(tags).or(() -> prices.accelerator(type)).orElse(NOT_KNOWN);
        HourlyPrice price = prices.price(type, location, market).orElse(HourlyPrice.ZERO);
        InstanceState state = state(said);
        Optional<Instance.End> end = state == InstanceState.ENDED ? Optional.of(end(said, market)) : Optional.empty();
        return new Instance(
                said.instanceId(),
                new Offer(type, accelerator, location, market, price),
                owner,
                state,
                endpoint(said, state, TagSet.port(tags)),
                said.launchTime() == null ? clock.instant() : said.launchTime(),
                end);
    }

    private static String zone(String region, software.amazon.awssdk.services.ec2.model.Instance said) {
        String zone = said.placement() == null ? null : said.placement().availabilityZone();
        return orElse(zone, region + "?");
    }

    static InstanceState state(software.amazon.awssdk.services.ec2.model.Instance said) {
        InstanceStateName name =
                said.state() == null ? InstanceStateName.PENDING : said.state().name();
        return switch (name) {
            case null -> InstanceState.PENDING;
            case RUNNING -> InstanceState.RUNNING;
            case SHUTTING_DOWN, STOPPING, STOPPED -> InstanceState.STOPPING;
            case TERMINATED -> InstanceState.ENDED;
            case PENDING, UNKNOWN_TO_SDK_VERSION -> InstanceState.PENDING;
        };
    }

    private Optional<Endpoint> endpoint(
            software.amazon.awssdk.services.ec2.model.Instance said, InstanceState state, int port) {
        String open = orElse(said.publicIpAddress(), "");
        String inside = orElse(said.privateIpAddress(), "");
        String host = publicAddress && !open.isEmpty() ? open : inside;
        boolean reachable = (state == InstanceState.RUNNING || state == InstanceState.STOPPING) && !host.isEmpty();
        return reachable && port > 0 ? Optional.of(new Endpoint(host, port)) : Optional.empty();
    }

    private Instance.End end(software.amazon.awssdk.services.ec2.model.Instance said, Market market) {
        String code =
                said.stateReason() == null ? "" : orElse(said.stateReason().code(), "");
        String transition = orElse(said.stateTransitionReason(), "");
        String detail = code.isEmpty() ? transition : code;
        Instant at = when(transition).orElseGet(() -> ends.putIfAbsent(said.instanceId(), clock.instant()));
        Instant notBefore = said.launchTime() == null || said.launchTime().isBefore(at) ? at : said.launchTime();
        return new Instance.End(notBefore, cause(said.instanceId(), code, transition, market), detail);
    }

    /// Why it ended. Our own terminations must never be learnt as preemptions; a spot instance that is gone for a
    /// reason that nobody tells was taken.
    private EndCause cause(String id, String code, String transition, Market market) {
        if (isPreemption(code)) {
            return EndCause.PREEMPTED;
        }
        if (code.equals(BY_USER)
                || transition.startsWith(USER_TRANSITION)
                || terminations.get(id).isPresent()) {
            return EndCause.TERMINATED;
        }
        if (code.equals(FROM_INSIDE)) {
            return EndCause.EXITED;
        }
        if (NEVER_RAN.contains(code)) {
            return EndCause.FAILED_TO_START;
        }
        return market == Market.SPOT ? EndCause.PREEMPTED : EndCause.EXITED;
    }

    /// Whether a state reason says that EC2 took a spot instance back.
    static boolean isPreemption(String code) {
        return code.equals("Server.SpotInstanceTermination") || code.equals("Server.SpotInstanceShutdown");
    }

    private static Optional<Instant> when(String transition) {
        Matcher matcher = WHEN.matcher(transition);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(matcher.group(1), TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
