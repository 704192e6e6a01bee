package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.contract.CloudToleranceContract;
import dev.skyhedge.providers.cloud.contract.ReplyFormat;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.Locale;
import java.util.Map;

class ToleranceProperties extends CloudToleranceContract<AzureHarness> {
    private static final String RESOURCES =
            "/resourcegroups/skyhedge-lineage-a/providers/microsoft.compute/virtualmachines/";

    @Override
    protected AzureHarness open() {
        return new AzureHarness();
    }

    @Override
    protected Offer elsewhere() {
        Location region = new Location("azure", "westus", "regional");
        return AzureHarness.offer("Standard_NV36ads_A10_v5", "A10:1", region, Market.ON_DEMAND, "3.2");
    }

    @Override
    protected ReplyFormat format() {
        return AzureJson.REPLIES;
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
