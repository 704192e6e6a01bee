package dev.skyhedge.providers.cloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final List<String> closed = new ArrayList<>();
    private final Subscriptions<Subscription> subscriptions = new Subscriptions<>();

    @Test
    void closingTheClientClosesWhatIsStillOpen() {
        Subscription first = subscriptions.keep(() -> closed.add("first"));
        subscriptions.keep(() -> closed.add("second"));

        first.close();
        subscriptions.close();

        assertThat(closed).containsExactly("first", "second");
    }
}
