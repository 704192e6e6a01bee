package dev.skyhedge.providers.local.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final LaunchRequest PLAIN = new LaunchRequest(
            new Offer(
                    "m1",
                    Accelerator.parse("CPU:1"),
                    Location.parse("local/east/east-a"),
                    Market.SPOT,
                    HourlyPrice.ofUsd("0.3")),
            new InstanceTags("line", "chat", "chat-1", 1, new IdempotencyToken("t1")),
            new Workload(Optional.empty(), List.of("serve"), 8000, new LinkedHashMap<>()));

    @Test
    void aLaunchArrivesAsItWasSent() throws IOException {
        for (LaunchRequest sent : List.of(PLAIN, PLAIN.onDisk(500))) {
            assertThat(Wire.launchRequest(Json.read(Json.write(Wire.write(sent)))))
                    .isEqualTo(sent);
        }
    }
}
