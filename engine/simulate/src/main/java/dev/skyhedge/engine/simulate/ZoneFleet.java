package dev.skyhedge.engine.simulate;

import java.util.ArrayList;
import java.util.List;

/// What is held in one place, oldest first, and how many of that are ready: as many as were held at each of the
/// last ticks of a cold start. Replicas are alike here, as the protocol has it: whichever of them left, the
/// count says how many are ready, and those are the oldest.
final class ZoneFleet {
    private final List<String> held = new ArrayList<>();
    private final int[] samples;
    private int ticks = 0;
    private int ready = 0;
    private int told = 0;

    /// @param coldStartTicks how many samples beside the present one must have held a replica
    ZoneFleet(int coldStartTicks) {
        this.samples = new int[coldStartTicks + 1];
    }

    int size() {
        return held.size();
    }

    int ready() {
        return ready;
    }

    /// Names of what has become ready since this was last asked, oldest first.
    List<String> takeNewlyReady() {
        if (told >= ready) {
            return List.of();
        }
        List<String> fresh = List.copyOf(held.subList(told, ready));
        told = ready;
        return fresh;
    }

    void add(String replica) {
        held.add(replica);
    }

    void remove(String replica) {
        int index = held.indexOf(replica);
        if (index >= 0) {
            held.remove(index);
            told -= index < told ? 1 : 0;
        }
    }

    /// Takes away the newest.
    String removeNewest() {
        String newest = held.removeLast();
        told = Math.min(told, held.size());
        return newest;
    }

    /// The tick is over: samples what is held.
    void sample() {
        samples[ticks++ % samples.length] = held.size();
        ready = ticks < samples.length ? 0 : Integer.MAX_VALUE;
        for (int sample : samples) {
            ready = Math.min(ready, sample);
        }
    }
}
