package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.providers.cloud.contract.ReplyFormat;
import dev.skyhedge.providers.cloud.contract.ToleranceContract;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ToleranceProperties extends ToleranceContract {
    private static final String LINEAGE = "lineage-a";
    private static final String RESOURCES =
            "/resourcegroups/skyhedge-lineage-a/providers/microsoft.compute/virtualmachines/";

    @SuppressWarnings("NullAway.Init") // before any of the properties
    private static AzureHarness harness;

    @BeforeContainer
    static void open() {
        harness = new AzureHarness();
        Offer elsewhere = AzureHarness.offer(
                "Standard_NV36ads_A10_v5",
                "A10:1",
                new Location("azure", "westus", "regional"),
                Market.ON_DEMAND,
                "3.2");
        Provider client = harness.afterCrash();
        Outcomes.done(client.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        Outcomes.done(client.launch(harness.request(elsewhere, LINEAGE, 2)));
        Instance stopped = Outcomes.done(client.launch(harness.request(harness.onDemandOffer(), LINEAGE, 3)));
        Outcomes.done(client.launch(harness.request(harness.onDemandOffer(), "lineage-b", 1)));
        harness.clock().advance(Duration.ofMinutes(1));
        harness.shutDown(stopped.id());
    }

    @AfterContainer
    static void close() {
        harness.close();
    }

    @Override
    protected String lineage() {
        return LINEAGE;
    }

    @Override
    protected Provider client() {
        return harness.afterCrash();
    }

    @Override
    protected void release(Provider client) {
        // All clients share the connections of the harness.
    }

    @Override
    protected ReplyFormat format() {
        return AzureJson.REPLIES;
    }

    @Override
    protected List<Told> takeReplies() {
        return harness.fake().takeRecorded().stream()
                .map(call -> new Told(call.method(), call.reply()))
                .toList();
    }

    @Override
    protected void change(String call, UnaryOperator<String> reply) {
        harness.fake().change(call, reply);
    }

    @Override
    protected void heal() {
        harness.fake().noFaults();
    }

    @Override
    protected boolean names(Told told, Instance instance) {
        return told.call().equals("VirtualMachines.List")
                && AzureJson.REPLIES.has(
                        told.reply(),
                        one -> String.valueOf(one.get("id"))
                                        .toLowerCase(Locale.ROOT)
                                        .endsWith(RESOURCES + name(instance))
                                && one.get("tags") instanceof Map<?, ?> tags
                                && tags.entrySet()
                                        .containsAll(
                                                CloudTags.write(instance.tags()).entrySet()));
    }

    private static String name(Instance instance) {
        return instance.id().substring(instance.id().indexOf('/') + 1);
    }
}
