package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;
import dev.skyhedge.spi.testing.ForwardingProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Providers with one mistake each, under the conformance suite. They are run by [BrokenProvidersTest] alone.
final class BrokenProviders {
    private BrokenProviders() {}

    static class ForgetsTokens extends ProviderConformance {
        @Override
        protected ProviderHarness open() {
            AtomicInteger calls = new AtomicInteger();
            return harness(good -> new ForwardingProvider(good) {
                @Override
                public Outcome<Instance> launch(LaunchRequest request) {
                    InstanceTags tags = request.tags();
                    IdempotencyToken fresh = new IdempotencyToken(tags.token().value() + "x" + calls.incrementAndGet());
                    return super.launch(new LaunchRequest(
                            request.offer(),
                            new InstanceTags(tags.lineage(), tags.service(), tags.replica(), tags.generation(), fresh),
                            request.workload()));
                }
            });
        }
    }

    static class TakesSilenceForEmptiness extends ProviderConformance {
        @Override
        protected ProviderHarness open() {
            return harness(good -> new ForwardingProvider(good) {
                @Override
                public Outcome<Observation> observe(String lineage) {
                    return super.observe(lineage).map(seen -> new Observation(seen.instances(), List.of(), seen.at()));
                }
            });
        }
    }

    static class SwallowsNoticesAndGaps extends ProviderConformance {
        @Override
        protected ProviderHarness open() {
            return harness(good -> new ForwardingProvider(good) {
                @Override
                public Subscription events(String lineage, ProviderListener listener) {
                    return super.events(lineage, event -> {
                        if (event instanceof ProviderEvent.InstanceChanged) {
                            listener.on(event);
                        }
                    });
                }
            });
        }
    }

    static class FailsToEndWhatIsGone extends ProviderConformance {
        @Override
        protected ProviderHarness open() {
            return harness(good -> new ForwardingProvider(good) {
                @Override
                public Outcome<Ended> terminate(String instanceId, Location location) {
                    return instanceId.equals("i-999999")
                            ? Outcome.failed(new Failure.NotFound("gone"))
                            : super.terminate(instanceId, location);
                }
            });
        }
    }

    static class TakesItsInstancesAlong extends ProviderConformance {
        @Override
        protected ProviderHarness open() {
            return harness(good -> new ForwardingProvider(good) {
                @Override
                public void close() {
                    good.cloud().terminateAll();
                    super.close();
                }
            });
        }
    }

    private static ProviderHarness harness(Function<SimulatedProvider, Provider> breaks) {
        return new SimulatedHarness(CloudRules.calm().withBoot(Duration.ofSeconds(2), Duration.ofSeconds(3))) {
            @Override
            public Provider provider() {
                return breaks.apply(new SimulatedProvider(cloud()));
            }

            @Override
            public Duration patience() {
                return Duration.ofMillis(200);
            }
        };
    }
}
