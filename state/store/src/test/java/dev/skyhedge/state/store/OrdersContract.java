package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.OrderAnswer;
import dev.skyhedge.state.records.PlacedOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [StateStore] promises about orders.
interface OrdersContract extends StoreUnderTest {
    Order DRAIN = new Order.EndReplica("chat-1", 3, Order.How.DRAIN);

    private PlacedOrder placed(Order order) {
        PlaceResult result = store().place(order, "ann@box", Samples.T0.plusNanos(7_654_321));
        assertThat(result).isInstanceOf(PlaceResult.Placed.class);
        return ((PlaceResult.Placed) result).order();
    }

    private static PlacedOrder done(PlacedOrder order) {
        return order.answered(new OrderAnswer.Done(Samples.T0, "chat-1 has ended"));
    }

    @Test
    default void takesOrdersWithoutALeaseAndShowsThemInTheirSequence() {
        store().release(lease());

        PlacedOrder first = placed(DRAIN);
        PlacedOrder second = placed(new Order.PauseService("chat"));

        assertThat(first).isEqualTo(new PlacedOrder(1, DRAIN, "ann@box", Samples.T0.plusMillis(7), Optional.empty()));
        assertThat(second.number()).isEqualTo(2);
        assertThat(store().openOrders()).containsExactly(first, second);
        assertThat(store().read().orders()).containsExactly(first, second);
        assertThat(store().order(2)).contains(second);
        assertThat(store().order(3)).isEmpty();
    }

    @Test
    default void readsBackEveryKindOfOrderAndAnswer() {
        List<Order> orders = List.of(
                new Order.EndReplica("chat-1", 3, Order.How.RESTART),
                new Order.EndReplica("chat-2", 1, Order.How.REPLACE),
                DRAIN,
                new Order.PauseService("chat"),
                new Order.ResumeService("chat"),
                new Order.AvoidZone(LocationPattern.parse("aws/us-*"), Optional.of(Samples.T0.plusSeconds(5))),
                new Order.AvoidZone(LocationPattern.parse("gcp"), Optional.empty()),
                new Order.AllowZone(LocationPattern.parse("gcp")),
                new Order.ApplySpec("abc", "def", "/home/ann/chat.hcl", List.of("embed")),
                new Order.Destroy());
        orders.forEach(this::placed);

        assertThat(store().openOrders()).extracting(PlacedOrder::order).containsExactlyElementsOf(orders);
        for (OrderAnswer answer : List.of(
                new OrderAnswer.Accepted(Samples.T0, "it will end"),
                new OrderAnswer.Done(Samples.T0, "it has ended"),
                new OrderAnswer.Refused(Samples.T0, "it is not there"))) {
            PlacedOrder answered = store().order(1).orElseThrow().answered(answer);
            commit(new Change.PutOrder(answered));
            assertThat(store().order(1)).contains(answered);
        }
    }

    @Test
    default void anOrderInForceIsOpenAndOneThatIsDoneIsNot() {
        PlacedOrder order = placed(DRAIN);

        PlacedOrder inForce = order.answered(new OrderAnswer.Accepted(Samples.T0, "it will end"));
        long serial = commit(new Change.PutOrder(inForce));
        assertThat(store().openOrders()).containsExactly(inForce);
        commit(new Change.PutOrder(done(order)));

        assertThat(store().openOrders()).isEmpty();
        assertThat(store().order(order.number())).contains(done(order));
        assertThat(serial).isZero();
    }

    @Test
    default void theNewestOrderIsTheOnePlacedLastAlsoOnceItIsDone() {
        assertThat(store().newestOrder()).isEmpty();
        placed(new Order.PauseService("chat"));
        PlacedOrder last = placed(DRAIN);

        assertThat(store().newestOrder()).contains(last);
        commit(new Change.PutOrder(done(last)));
        assertThat(store().newestOrder()).contains(done(last));
    }

    @Test
    default void refusesMoreOrdersThanAnybodyReads() {
        for (int i = 0; i < OrderTable.MAX_WAITING; i++) {
            placed(DRAIN);
        }

        assertThat(store().place(DRAIN, "ann@box", Samples.T0))
                .isEqualTo(new PlaceResult.TooMany(OrderTable.MAX_WAITING));
        assertThat(store().openOrders()).hasSize(OrderTable.MAX_WAITING);
    }

    @Test
    default void forgetsOldOrdersThatHaveEndedAndNoOthers() {
        PlacedOrder standing =
                placed(new Order.PauseService("chat")).answered(new OrderAnswer.Accepted(Samples.T0, "chat is paused"));
        PlacedOrder ended = done(placed(DRAIN));
        commit(new Change.PutOrder(standing), new Change.PutOrder(ended));

        for (int i = 0; i < OrderTable.KEPT; i++) {
            commit(new Change.PutOrder(done(placed(DRAIN))));
        }

        assertThat(store().order(ended.number())).isEmpty();
        assertThat(store().openOrders()).containsExactly(standing);
        assertThat(placed(DRAIN).number()).isEqualTo(OrderTable.KEPT + 3L);
    }

    @Test
    default void anAnswerToAnOrderThatNobodyPlacedIsABug() {
        PlacedOrder unknown = new PlacedOrder(7, DRAIN, "ann@box", Samples.T0, Optional.empty());

        assertThatThrownBy(() -> commit(new Change.PutOrder(unknown))).isInstanceOf(IllegalStateException.class);
    }
}
