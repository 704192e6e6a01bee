package dev.skyhedge.watch.change;

import dev.skyhedge.specs.loading.SpecInputs;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when files of a spec change, by looking at their contents twice a second: that works on every file
/// system, with editors that replace files and with links that are switched. What is just being written is looked at
/// again first, and what is written again as it was has not changed.
public final class SpecFileWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SpecFileWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    /// So many looks that find the same are enough to read it.
    private static final int SETTLED_LOOKS = 2;

    private final Supplier<SpecInputs> inputs;
    private final Listener listener;
    private final Semaphore asked = new Semaphore(0);
    private final AtomicBoolean unsettled = new AtomicBoolean();

    /// Contents that some looks have found alike.
    ///
    /// @param steadyFor how long since the first of these looks
    /// @param looks how many
    /// @param ordered whether somebody has asked for a reading, whatever the files say
    public record Seen(Duration steadyFor, int looks, boolean ordered) {}

    /// Takes in contents that are new.
    public interface Listener {
        /// @return whether they are dealt with; otherwise it is called again after the next look
        boolean seen(Seen seen);
    }

    public SpecFileWatch(Supplier<SpecInputs> inputs, Listener listener) {
        this.inputs = inputs;
        this.listener = listener;
    }

    /// Has the files read again though they are as they were.
    public void readAgain() {
        asked.release();
    }

    /// Has the files told again as if they were new, for somebody who has to decide about them.
    public void tellAgain() {
        unsettled.set(true);
    }

    @Override
    public void run() {
        String contents = "";
        // The first look tells it, too: the files may have changed after they were read.
        String dealtWith = "";
        long since = System.nanoTime();
        int looks = 0;
        boolean ordered = false;
        try {
            while (true) {
                ordered |= asked.tryAcquire(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                asked.drainPermits();
                String now = inputs.get().look();
                if (!now.equals(contents)) {
                    contents = now;
                    since = System.nanoTime();
                    looks = 0;
                }
                looks++;
                if (unsettled.getAndSet(false)) {
                    dealtWith = "";
                }
                boolean news = ordered || !contents.equals(dealtWith);
                if (news && looks >= SETTLED_LOOKS) {
                    var seen = new Seen(Duration.ofNanos(System.nanoTime() - since), looks, ordered);
                    if (isDealtWith(seen)) {
                        dealtWith = contents;
                        ordered = false;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A mistake of ours must not end the looking for good.
    private boolean isDealtWith(Seen seen) {
        try {
            return listener.seen(seen);
        } catch (RuntimeException e) {
            LOG.error("Changed files could not be taken in", e);
            return true;
        }
    }
}
