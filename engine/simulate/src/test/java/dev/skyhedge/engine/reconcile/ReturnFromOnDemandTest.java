package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All spot is lost, on-demand stands in, and spot comes back.
class ReturnFromOnDemandTest extends RunningServices {
    private static final int WANTED = 8;
    private static final Declared EIGHT =
            CHAT.wants(WANTED).with(new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, true, 0));

    private final VirtualController controller = new VirtualController(cloud, Declared.all(EIGHT));
    private int mostOnDemand;

    @BeforeEach
    void loseAllAndGetItBack() {
        controller.run(Duration.ofMinutes(30));
        controller.watch((world, step) ->
                mostOnDemand = Math.max(mostOnDemand, (int) world.replicas().getOrDefault("chat", List.of()).stream()
                        .filter(replica -> replica.offer().market() == Market.ON_DEMAND)
                        .filter(replica -> replica.lifecycle().isLive())
                        .count()));
        SimulatedClouds.ZONES.forEach(cloud::closeZone);
        controller.run(A_WHILE);
        SimulatedClouds.ZONES.forEach(cloud::openZone);
        controller.run(A_WHILE);
    }

    private long ready(Market market) {
        return controller.replicas(Lifecycle.READY).stream()
                .filter(replica -> replica.offer().market() == market)
                .count();
    }

    private List<String> notes() {
        return controller.lastStep().plan().services().getFirst().notes();
    }

    @Test
    void asManyStandInAsAreWantedAndNotMore() {
        assertThat(mostOnDemand).isEqualTo(WANTED);
        assertThat(ready(Market.SPOT)).isGreaterThanOrEqualTo(WANTED);
    }

    @Test
    void whatStandsByAfterwardsSaysWhy() {
        assertThat(ready(Market.ON_DEMAND)).isEqualTo(2);
        assertThat(notes())
                .contains("2 on-demand replicas stand by: so shortly after losses what is held on spot may be lost at"
                        + " once");
    }

    @Test
    void whatStandsByGoesWithTimeThoughNothingHappens() {
        controller.run(Duration.ofHours(3));

        assertThat(ready(Market.ON_DEMAND)).isZero();
        assertThat(notes()).noneMatch(note -> note.contains("stand by"));
        Judge.stateAndCloudAgree(controller);
    }
}
