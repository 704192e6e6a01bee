package dev.skyhedge.engine.simulate.workload;

import java.util.List;

/// A recording, over and over.
final class Repeated implements RequestSource {
    private final List<Request> requests;
    private final long lengthNanos;
    private int next;
    private long lapStart;

    Repeated(List<Request> requests, long lengthNanos) {
        this.requests = requests;
        this.lengthNanos = lengthNanos;
    }

    @Override
    public Request next() {
        if (next == requests.size()) {
            next = 0;
            lapStart += lengthNanos;
        }
        Request request = requests.get(next++);
        return new Request(lapStart + request.arrivalNanos(), request.inputTokens(), request.outputTokens());
    }
}
