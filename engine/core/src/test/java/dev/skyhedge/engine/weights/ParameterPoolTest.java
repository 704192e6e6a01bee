package dev.skyhedge.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterPoolTest {
    private static final PoolEvent MODEL = new PoolEvent.Declared("llama", 16);

    private static PoolStep after(PoolEvent... events) {
        PoolStep step = new PoolStep(ParameterPool.empty(), List.of());
        for (PoolEvent event : events) {
            step = step.pool().on(event);
        }
        return step;
    }

    @Test
    void aNewModelIsLoadedIntoTheMachineWithTheFewestBytes() {
        PoolStep step = after(
                new PoolEvent.Joined("i1"), new PoolEvent.Joined("i2"), new PoolEvent.Declared("first", 9), MODEL);

        assertThat(step.orders())
                .containsExactly(new PoolOrder.LoadHost(
                        "llama", "i2", "it has no copy yet; this machine holds the fewest bytes"));
    }

    @Test
    void aHostCopyGoesWhenAReplicaHoldsTheModel() {
        PoolStep step = after(
                new PoolEvent.Joined("i1"),
                MODEL,
                new PoolEvent.HostLoaded("llama", "i1"),
                new PoolEvent.Loaded("llama", "chat-1", "i1"));

        assertThat(step.orders()).containsExactly(new PoolOrder.DropHost("llama", "i1", "a replica holds the model"));
        assertThat(step.pool().where("llama")).containsExactly(new Place.Gpu("chat-1", "i1"));
    }

    @Test
    void theLastReplicaWaitsForAHostCopyBeforeItEnds() {
        PoolEvent[] life = {
            new PoolEvent.Joined("i1"),
            MODEL,
            new PoolEvent.HostLoaded("llama", "i1"),
            new PoolEvent.Loaded("llama", "chat-1", "i1"),
            new PoolEvent.Reclaimed("llama", "chat-1")
        };

        PoolStep reclaimed = after(life);
        PoolStep loaded = reclaimed.pool().on(new PoolEvent.HostLoaded("llama", "i1"));

        assertThat(reclaimed.orders()).singleElement().isInstanceOf(PoolOrder.LoadHost.class);
        assertThat(loaded.orders()).containsExactly(new PoolOrder.Release("llama", "chat-1", "the model stays in i1"));
    }

    @Test
    void aLoadThatFailedIsTriedOnAnotherMachine() {
        PoolStep step = after(
                new PoolEvent.Joined("i1"), new PoolEvent.Joined("i2"), MODEL, new PoolEvent.HostFailed("llama", "i1"));

        assertThat(step.pool().coming("llama")).contains("i2");
    }

    @Test
    void theLastCopyIsMadeAgainElsewhereWhenItsMachineIsLost() {
        PoolStep step = after(
                new PoolEvent.Joined("i1"),
                new PoolEvent.Joined("i2"),
                MODEL,
                new PoolEvent.HostLoaded("llama", "i1"),
                new PoolEvent.Gone("i1"));

        assertThat(step.orders())
                .containsExactly(new PoolOrder.LoadHost(
                        "llama", "i2", "the last copy was on i1, which is lost; this machine holds the fewest bytes"));
    }

    @Test
    void idleReplicasAreAskedFirstAndTheHostOnlyWithoutAny() {
        ParameterPool pool = after(
                        new PoolEvent.Joined("i1"),
                        new PoolEvent.Joined("i2"),
                        MODEL,
                        new PoolEvent.Loaded("llama", "chat-1", "i1"),
                        new PoolEvent.Loaded("llama", "chat-2", "i2"))
                .pool();

        assertThat(pool.sources("llama", instance -> instance.equals("i1") ? 0.5 : 0))
                .containsExactly(new Place.Gpu("chat-2", "i2"), new Place.Gpu("chat-1", "i1"));
    }
}
