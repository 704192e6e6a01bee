package dev.skyhedge.providers.cloud.contract;

import dev.skyhedge.providers.cloud.contract.Story.Happening;
import dev.skyhedge.providers.cloud.contract.Story.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/// Whatever happens to the wire, to the cloud and to us, no token has two instances, nothing of ours is left that
/// nobody knows, and everything that ended has its cause. All stories share a cloud; each has a lineage of its
/// own.
public abstract class LifeStories {
    private static final int REPLICAS = 4;
    private static final int STEPS = 40;
    private static final Duration LAG = Duration.ofSeconds(20);

    private static final AtomicInteger STORIES = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // before each of the properties
    private CloudHarness<?> harness;

    /// Makes a fresh cloud.
    protected abstract CloudHarness<?> open(Situation situation);

    /// Whether the cloud says who ended an instance.
    protected abstract boolean toldWhoEnded();

    /// Whether a launch whose operation failed can succeed with the same token later. Where the cloud remembers
    /// requests it cannot.
    protected abstract boolean failedLaunchMayComeAgain();

    @BeforeProperty
    void openLagging() {
        harness = open(Situation.lagging(LAG));
    }

    @AfterProperty
    void close() {
        harness.close();
    }

    @Provide
    Arbitrary<List<Happening>> stories() {
        Arbitrary<Step> steps =
                Arbitraries.of(Step.class).filter(step -> step != Step.FAIL || failedLaunchMayComeAgain());
        return Combinators.combine(steps, Arbitraries.integers().between(0, REPLICAS - 1))
                .as(Happening::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(STEPS);
    }

    @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
    void everyInstanceHasOneRecordAndEveryRecordOneInstanceOrACause(@ForAll("stories") List<Happening> story) {
        harness.fake().noFaults();
        Story told = new Story(harness, "story-" + STORIES.incrementAndGet(), toldWhoEnded());

        story.forEach(told::tell);
        told.settle();

        told.check();
    }
}
