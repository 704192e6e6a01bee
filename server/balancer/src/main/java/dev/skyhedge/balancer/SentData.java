package dev.skyhedge.balancer;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.api.Stream;

/// The flow control of a connection of HTTP/2, which also counts what each stream has sent: windows
/// tell that only to who looks before the client opens them again.
final class SentData extends BufferingFlowControlStrategy {
    /// Part of a window that a client may have used up before it gets it back; as Jetty has it.
    private static final float RATIO = 0.5f;

    private static final String BYTES = SentData.class.getName();

    SentData() {
        super(RATIO);
    }

    /// Bytes of answers.
    static long of(Stream stream) {
        return stream.getAttribute(BYTES) instanceof AtomicLong sent ? sent.get() : 0;
    }

    @Override
    public void onStreamCreated(Stream stream) {
        super.onStreamCreated(stream);
        stream.setAttribute(BYTES, new AtomicLong());
    }

    @Override
    public void onDataSent(Stream stream, int length) {
        super.onDataSent(stream, length);
        if (stream.getAttribute(BYTES) instanceof AtomicLong sent) {
            sent.addAndGet(length);
        }
    }
}
