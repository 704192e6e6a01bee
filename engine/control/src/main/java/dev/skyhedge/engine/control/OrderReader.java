package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for orders in the state as long as a controller runs. Whoever places one is another process, on another
/// machine maybe, so there is nothing to wake it.
final class OrderReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderReader.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final StateStore store;
    private final Consumer<Message> mailbox;
    private boolean complained;

    OrderReader(StateStore store, Consumer<Message> mailbox) {
        this.store = store;
        this.mailbox = mailbox;
    }

    /// Until it is interrupted.
    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            List<PlacedOrder> waiting = store.openOrders().stream()
                    .filter(placed -> placed.answer().isEmpty())
                    .toList();
            if (!waiting.isEmpty()) {
                mailbox.accept(new Message.OrdersRead(waiting));
            }
            complained = false;
        } catch (StateException e) {
            // That the state does not answer is told by those who need it more.
            LOG.debug("Orders could not be read", e);
        } catch (RuntimeException bug) {
            if (!complained) {
                complained = true;
                LOG.error("Orders cannot be read for a reason that should not be", bug);
            }
        }
    }
}
