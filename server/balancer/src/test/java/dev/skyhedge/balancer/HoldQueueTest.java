package dev.skyhedge.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HoldQueueTest {
    private final HoldQueue<String> queue = new HoldQueue<>(3, 100);

    @Test
    void servesFirstComeFirst() {
        assertThat(queue.offer("a", 0)).isEqualTo(HoldQueue.Offer.FIRST);
        assertThat(queue.offer("b", 0)).isEqualTo(HoldQueue.Offer.QUEUED);

        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void isBoundedInNumber() {
        queue.offer("a", 0);
        queue.offer("b", 0);
        queue.offer("c", 0);

        assertThat(queue.offer("d", 0)).isEqualTo(HoldQueue.Offer.FULL);
    }

    @Test
    void isBoundedInBytesAndGivesThemBack() {
        queue.offer("a", 60);
        assertThat(queue.offer("b", 41)).isEqualTo(HoldQueue.Offer.FULL);

        assertThat(queue.remove("a")).isTrue();

        assertThat(queue.offer("b", 41)).isEqualTo(HoldQueue.Offer.FIRST);
        assertThat(queue.remove("a")).isFalse();
    }
}
