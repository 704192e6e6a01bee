package dev.skyhedge.providers.cloud.contract;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/// The tolerance of a client whose tests have a [CloudHarness]: its cloud, fresh for each property, has two
/// instances of the lineage in different regions, one that shut itself down, and one of another lineage.
///
/// @param <H> the plugin's own harness
public abstract class CloudToleranceContract<H extends CloudHarness<?>> extends ToleranceContract {
    private static final String LINEAGE = "lineage-a";

    @SuppressWarnings("NullAway.Init") // before each of the properties
    private H harness;

    /// Makes a fresh cloud.
    protected abstract H open();

    /// An offer in another region than the harness's own.
    protected abstract Offer elsewhere();

    @BeforeProperty
    void populate() {
        harness = open();
        Provider client = client();
        launch(client, harness.spotOffer(), 1);
        launch(client, elsewhere(), 2);
        Instance stopped = launch(client, harness.onDemandOffer(), 3);
        Outcomes.done(client.launch(harness.request(harness.onDemandOffer(), "lineage-b", 1)));
        harness.clock().advance(Duration.ofMinutes(1));
        harness.shutDown(stopped.id());
    }

    private Instance launch(Provider client, Offer offer, int number) {
        LaunchRequest request = harness.request(offer, LINEAGE, number);
        return Outcomes.done(client.launch(request));
    }

    @AfterProperty
    void close() {
        harness.close();
    }

    @Override
    protected final String lineage() {
        return LINEAGE;
    }

    @Override
    protected final Provider client() {
        return harness.afterCrash();
    }

    @Override
    protected final void release(Provider client) {
        // All clients share the connections of the harness.
    }

    @Override
    protected final List<Told> takeReplies() {
        return harness.fake().takeRecorded().stream()
                .map(call -> new Told(call.method(), call.reply()))
                .toList();
    }

    @Override
    protected final void change(String call, UnaryOperator<String> reply) {
        harness.fake().change(call, reply);
    }

    @Override
    protected final void heal() {
        harness.fake().noFaults();
    }
}
