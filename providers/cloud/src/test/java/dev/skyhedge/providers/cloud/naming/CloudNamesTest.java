package dev.skyhedge.providers.cloud.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudNamesTest {
    @Test
    void slugsAreShortAndPlain() {
        assertThat(CloudNames.slug("Chat[\"eu\"]-1", 24)).isEqualTo("chat-eu-1");
        assertThat(CloudNames.slug("abc-def", 4)).isEqualTo("abc");
        assertThat(CloudNames.slug("…", 4)).isEqualTo("x");
    }

    @Test
    void requestIdsAreValidAndFollowFromTheToken() {
        var id = CloudNames.requestId(new IdempotencyToken("sabc"));

        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id).isEqualTo(CloudNames.requestId(new IdempotencyToken("sabc")));
        assertThat(id).isNotEqualTo(CloudNames.requestId(new IdempotencyToken("sabd")));
    }

    @Test
    void foreignTagsAreNotOurs() {
        assertThat(CloudTags.read(Map.of())).isEmpty();
        assertThat(CloudTags.read(Map.of(
                        CloudTags.LINEAGE, "l1",
                        CloudTags.SERVICE, "Chat",
                        CloudTags.REPLICA, "chat-1",
                        CloudTags.GENERATION, "1",
                        CloudTags.TOKEN, "sabc")))
                .isEmpty();
    }

    @Test
    void tellsWhichTagIsTooLong() {
        var tags = new InstanceTags("l1", "chat", "x".repeat(64), 1, new IdempotencyToken("sabc"));

        assertThat(CloudTags.tooLong(tags)).contains(CloudTags.REPLICA);
    }
}
