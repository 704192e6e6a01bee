package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.workload.GpuProfile;
import dev.skyhedge.engine.simulate.workload.Request;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads a service time as it is named on a command line.
///
/// | text | means |
/// |---|---|
/// | `constant:SECONDS` | always the same |
/// | `exponential:SECONDS` | exponential with this mean |
/// | `tokens:FIRST,IN,OUT` | seconds to the first token, for each input token and for each output token |
/// | `profile:FILE` | from a GPU profile: slots / what the GPU sustains for that size |
/// | `profile:FILE@GPU` | the same, as if every replica ran on that GPU |
public final class ServiceTimeText {
    private static final double MAX_SECONDS = 86_400;
    private static final int TOKEN_NUMBERS = 3;

    private ServiceTimeText() {}

    /// Reads it.
    ///
    /// @param slots of a replica
    /// @throws IOException with a message for people if it names no service time, or its file holds none
    public static ServiceTime read(String text, int slots) throws IOException {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (kind) {
            case "constant" -> ServiceTime.constant(seconds(text, rest));
            case "exponential" -> ServiceTime.exponential(seconds(text, rest));
            case "tokens" -> {
                String[] parts = rest.split(",", -1);
                if (parts.length != TOKEN_NUMBERS) {
                    throw problem(text, "it has not three numbers");
                }
                double[] numbers =
                        Arrays.stream(parts).mapToDouble(part -> number(part)).toArray();
                if (Arrays.stream(numbers).anyMatch(number -> !(number >= 0 && number <= MAX_SECONDS))) {
                    throw problem(text, "its numbers are not all seconds from 0 to " + (long) MAX_SECONDS);
                }
                yield ServiceTime.ofTokens(numbers[0], numbers[1], numbers[2]);
            }
            case "profile" -> profile(rest, slots);
            default -> throw problem(text, "its kind is not known");
        };
    }

    private static double seconds(String text, String rest) throws IOException {
        double seconds = number(rest);
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw problem(text, "\"" + rest + "\" is not a number of seconds above 0");
        }
        return seconds;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static IOException problem(String text, String what) {
        return new IOException(
                text + ": " + what + ". Write constant:SECONDS, exponential:SECONDS, tokens:FIRST,IN,OUT,"
                        + " profile:FILE or profile:FILE@GPU.");
    }

    private static ServiceTime profile(String rest, int slots) throws IOException {
        int at = rest.lastIndexOf('@');
        GpuProfile profile = GpuProfile.read(Path.of(at < 0 ? rest : rest.substring(0, at)));
        String fixed = at < 0 ? "" : rest.substring(at + 1);
        if (at >= 0 && profile.requestsPerSecond(fixed, 0, 0).isEmpty()) {
            throw new IOException(rest + ": the profile knows no GPU \"" + fixed + "\". It knows "
                    + String.join(", ", profile.gpus()) + ".");
        }
        return new Profiled(profile, fixed, slots);
    }

    /// With all slots busy a replica does as many requests per second as its GPU sustains.
    private static final class Profiled implements ServiceTime {
        private final GpuProfile profile;
        private final String gpu;
        private final int slots;

        Profiled(GpuProfile profile, String gpu, int slots) {
            this.profile = profile;
            this.gpu = gpu;
            this.slots = slots;
        }

        @Override
        public double seconds(Accelerator accelerator, Request request, double exponential) {
            String name = gpu.isEmpty() ? accelerator.type() : gpu;
            double rate = profile.requestsPerSecond(name, request.inputTokens(), request.outputTokens())
                    .orElseThrow(() -> new IllegalArgumentException("No profile of GPU " + name + ", only of "
                            + String.join(", ", profile.gpus()) + "; say which to take by profile:FILE@GPU"));
            // What cannot be served at all is never answered: its client gives up.
            return rate == 0 ? MAX_SECONDS : slots / rate;
        }
    }
}
