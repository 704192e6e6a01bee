package dev.skyhedge.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ParameterPoolProperties {
    private static final List<String> MODELS = List.of("a", "b", "c");

    @Provide
    Arbitrary<List<PoolEvent>> lives() {
        Arbitrary<String> model = Arbitraries.of(MODELS);
        Arbitrary<String> instance = Arbitraries.of("i1", "i2", "i3");
        Arbitrary<String> replica = Arbitraries.of("r1", "r2", "r3", "r4");
        Arbitrary<PoolEvent> event = Arbitraries.frequencyOf(
                Tuple.of(2, model.map(it -> new PoolEvent.Declared(it, it.charAt(0)))),
                Tuple.of(1, model.map(PoolEvent.Withdrawn::new)),
                Tuple.of(3, instance.map(PoolEvent.Joined::new)),
                Tuple.of(2, instance.map(PoolEvent.Gone::new)),
                Tuple.of(6, Combinators.combine(model, replica, instance).as(PoolEvent.Loaded::new)),
                Tuple.of(4, Combinators.combine(model, replica).as(PoolEvent.Reclaimed::new)),
                Tuple.of(6, Combinators.combine(model, instance).as(PoolEvent.HostLoaded::new)),
                Tuple.of(2, Combinators.combine(model, instance).as(PoolEvent.HostFailed::new)));
        return event.list().ofMinSize(5).ofMaxSize(60);
    }

    @Property(tries = 10_000)
    void everyModelHasACopyOrOneThatComes(@ForAll("lives") List<PoolEvent> life) {
        ParameterPool pool = ParameterPool.empty();
        for (PoolEvent event : life) {
            pool = pool.on(event).pool();
            for (String model : pool.models()) {
                assertThat(pool.where(model).isEmpty()
                                && pool.coming(model).isEmpty()
                                && !pool.instances().isEmpty())
                        .as("%s is nowhere after %s", model, event)
                        .isFalse();
            }
        }
    }

    @Property(tries = 10_000)
    void noReplicaIsReleasedBeforeAnotherCopyIsThere(@ForAll("lives") List<PoolEvent> life) {
        ParameterPool pool = ParameterPool.empty();
        for (PoolEvent event : life) {
            PoolStep step = pool.on(event);
            pool = step.pool();
            for (PoolOrder order : step.orders()) {
                if (order instanceof PoolOrder.Release release && !(event instanceof PoolEvent.Withdrawn)) {
                    assertThat(pool.where(release.model()))
                            .as("after %s", event)
                            .isNotEmpty();
                }
            }
        }
    }

    @Property(tries = 10_000)
    void noModelHasMoreThanOneHostCopy(@ForAll("lives") List<PoolEvent> life) {
        ParameterPool pool = ParameterPool.empty();
        for (PoolEvent event : life) {
            pool = pool.on(event).pool();
            for (String model : pool.models()) {
                long hosts = pool.where(model).stream()
                        .filter(Place.Host.class::isInstance)
                        .count();
                assertThat(hosts + pool.coming(model).stream().count())
                        .as("host copies of %s after %s", model, event)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Property(tries = 1_000)
    void ordersSayExactlyWhatChanged(@ForAll("lives") List<PoolEvent> life) {
        ParameterPool pool = ParameterPool.empty();
        List<String> loading = new ArrayList<>();
        for (PoolEvent event : life) {
            PoolStep step = pool.on(event);
            for (PoolOrder order : step.orders()) {
                assertThat(order.reason()).isNotBlank();
                if (order instanceof PoolOrder.LoadHost load) {
                    assertThat(step.pool().coming(load.model())).contains(load.instance());
                    loading.add(load.model());
                }
            }
            step.pool()
                    .models()
                    .forEach(model -> step.pool()
                            .coming(model)
                            .ifPresent(_ -> assertThat(loading).contains(model)));
            pool = step.pool();
        }
    }
}
