package dev.skyhedge.providers.gcp;

import dev.skyhedge.providers.cloud.contract.CloudToleranceContract;
import dev.skyhedge.providers.cloud.contract.ReplyFormat;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.Map;

class ToleranceProperties extends CloudToleranceContract<GcpHarness> {
    @Override
    protected GcpHarness open() {
        return new GcpHarness();
    }

    @Override
    protected Offer elsewhere() {
        Location zone = new Location("gcp", "europe-west4", "europe-west4-b");
        return GcpHarness.offer("n1-standard-8+nvidia-tesla-t4:2", "T4:2", zone, Market.ON_DEMAND, "1.08");
    }

    @Override
    protected ReplyFormat format() {
        return GoogleJson.REPLIES;
    }

    @Override
    protected boolean names(Told told, Instance instance) {
        return GoogleJson.REPLIES.has(
                told.reply(),
                one -> instance.id().equals(one.get("name"))
                        && one.get("labels") instanceof Map<?, ?> labels
                        && labels.entrySet()
                                .containsAll(CloudTags.write(instance.tags()).entrySet()));
    }
}
