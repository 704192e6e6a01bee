package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;

/// Finds out what has changed by looking again and again, for EC2 calls nobody back. Regions without an
/// instance of ours are only looked at every sixth time; one that something was just rented in counts as
/// having one.
///
/// A preemption shows in the status of the spot request up to two minutes before it happens. The agent beside a
/// workload hears of it within seconds; this is the net below.
final class EventPoll implements Subscription {
    /// From the notice to the end of a spot instance, as EC2 documents it.
    static final Duration NOTICE = Duration.ofMinutes(2);

    private static final int ROUNDS_FOR_EVERYWHERE = 6;
    private static final int MAX_REMEMBERED_NOTICES = 100_000;
    private static final int MAX_EXPECTED = 10_000;

    private final Survey survey;
    private final SpotRequests spotRequests;
    private final String lineage;
    private final ProviderListener listener;
    private final Duration period;
    private final Pause pause;
    private final Map<String, Instance> last = new HashMap<>();
    private final Map<String, String> expected = new ConcurrentHashMap<>();
    private final Set<String> announced = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;
    private boolean missed;

    EventPoll(
            Survey survey,
            SpotRequests spotRequests,
            String lineage,
            ProviderListener listener,
            Duration period,
            Pause pause) {
        this.survey = survey;
        this.spotRequests = spotRequests;
        this.lineage = lineage;
        this.listener = listener;
        this.period = period;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("ec2 events").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Looks for this instance from the next round on, wherever that is. May be called by any thread.
    void expect(Instance launched) {
        if (launched.tags().lineage().equals(lineage) && expected.size() < MAX_EXPECTED) {
            expected.put(launched.id(), launched.offer().location().region());
        }
    }

    private void run() {
        for (int round = 0; !closed; round++) {
            look(round % ROUNDS_FOR_EVERYWHERE == 0);
            try {
                pause.pass(period);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(boolean everywhere) {
        Set<String> populated = new TreeSet<>(expected.values());
        if (everywhere) {
            // What this round does not find either has ended, or will be found by the next one.
            expected.clear();
        }
        last.values().stream()
                .filter(Instance::isLive)
                .forEach(instance -> populated.add(instance.offer().location().region()));
        if (!everywhere && populated.isEmpty()) {
            return;
        }
        Outcome<Observation> outcome =
                everywhere ? survey.everywhere(lineage) : survey.in(List.copyOf(populated), lineage);
        switch (outcome) {
            case Outcome.Failed<Observation> failed -> missed = true;
            case Outcome.Done<Observation>(Observation observation) -> {
                if (missed && observation.unreachable().isEmpty()) {
                    missed = false;
                    tell(new ProviderEvent.Gap("EC2 did not answer for a while"));
                }
                missed |= !observation.unreachable().isEmpty();
                notices(observation);
                changes(observation);
            }
        }
    }

    private void changes(Observation observation) {
        for (Instance instance : observation.instances()) {
            expected.remove(instance.id());
            Instance before = last.put(instance.id(), instance);
            boolean news = before == null
                    ? instance.isLive()
                    : before.state() != instance.state() || !before.endpoint().equals(instance.endpoint());
            if (news) {
                tell(new ProviderEvent.InstanceChanged(instance));
            }
        }
        List<String> listed = observation.instances().stream().map(Instance::id).toList();
        Set<String> there = new HashSet<>(listed);
        last.values().removeIf(instance -> !instance.isLive() && !there.contains(instance.id()));
    }

    /// Before the changes: a notice that comes after the end helps nobody.
    private void notices(Observation observation) {
        Map<String, Instance> live = new HashMap<>();
        Set<String> regions = new TreeSet<>();
        for (Instance instance : observation.instances()) {
            if (instance.isLive() && instance.offer().market() == Market.SPOT) {
                live.put(instance.id(), instance);
                regions.add(instance.offer().location().region());
            }
        }
        for (String region : regions) {
            for (SpotInstanceRequest request : announced(region)) {
                Instance instance = live.get(request.instanceId());
                if (instance != null && announced.size() < MAX_REMEMBERED_NOTICES && announced.add(instance.id())) {
                    tell(notice(instance.id(), instance.tags(), request, observation.at()));
                }
            }
        }
    }

    /// A region that refuses to tell is not asked again: the end itself will be seen.
    private List<SpotInstanceRequest> announced(String region) {
        if (silent.contains(region)) {
            return List.of();
        }
        return switch (spotRequests.announced(region, lineage)) {
            case Outcome.Done<List<SpotInstanceRequest>>(List<SpotInstanceRequest> found) -> found;
            case Outcome.Failed<List<SpotInstanceRequest>>(Failure failure) -> {
                if (SpotRequests.mayPass(failure)) {
                    missed = true;
                } else {
                    silent.add(region);
                }
                yield List.of();
            }
        };
    }

    private static ProviderEvent notice(String id, InstanceTags tags, SpotInstanceRequest request, Instant seen) {
        Instant from =
                request.status().updateTime() == null ? seen : request.status().updateTime();
        return new ProviderEvent.PreemptionNotice(id, tags, from.plus(NOTICE));
    }

    private void tell(ProviderEvent event) {
        if (!closed) {
            listener.on(event);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
