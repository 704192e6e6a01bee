package dev.skyhedge.providers.cloud.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class CloudTagsProperties {
    @Property
    void readsBackWhatItWrote(
            @ForAll @StringLength(min = 1, max = 20) String service,
            @ForAll @StringLength(min = 1, max = 20) String replica,
            @ForAll @IntRange(min = 1) int generation) {
        String cleanService = service.replaceAll("\\p{Cs}", "x");
        String cleanReplica = replica.replaceAll("\\p{Cs}", "x");
        var tags = new InstanceTags(
                "l1", cleanService, cleanReplica, Math.min(generation, 999_999_999), new IdempotencyToken("sabc"));

        var written = CloudTags.write(tags);

        assertThat(written.values()).allMatch(value -> value.matches("[a-z0-9_-]+"));
        assertThat(CloudTags.read(written)).contains(tags);
    }

    @Property
    void givesMachinesNamesThatEveryCloudTakes(@ForAll @StringLength(min = 1, max = 80) String replica) {
        var tags = new InstanceTags("l1", "chat", replica, 1, new IdempotencyToken("sabcdefgh234567abc"));

        assertThat(CloudNames.machine(tags))
                .matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
                .endsWith("-abcdefgh2345");
    }
}
