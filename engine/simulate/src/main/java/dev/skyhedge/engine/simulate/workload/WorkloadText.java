package dev.skyhedge.engine.simulate.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Reads a workload as it is named on a command line.
///
/// | text | means |
/// |---|---|
/// | `poisson:RATE` | a Poisson process of so many requests per second |
/// | `constant:RATE` | requests at equal distances |
/// | `bursty:RATE` | bursts and lulls around that mean |
/// | `FILE` | the requests of a file, or its rate as it is |
/// | `FILE@RATE` | the file's rate curve, scaled to this mean |
public final class WorkloadText {
    private static final double MAX_RATE = 1e6;
    private static final Set<String> KINDS = Set.of("poisson", "constant", "bursty");

    private WorkloadText() {}

    /// Reads it.
    ///
    /// @param lengths file to draw lengths from, where the workload has none of its own
    /// @throws WorkloadFormatException if it names no workload
    /// @throws IOException if a file cannot be read
    public static Workload read(String text, Optional<Path> lengths) throws IOException {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        return switch (kind) {
            case "poisson" -> new Workload.Poisson(rate(text, text.substring(colon + 1)), lengths(lengths));
            case "constant" -> new Workload.Constant(rate(text, text.substring(colon + 1)), lengths(lengths));
            case "bursty" -> new Workload.Bursty(rate(text, text.substring(colon + 1)), lengths(lengths));
            default -> file(text, lengths);
        };
    }

    /// What a workload is called in results: a file by its own name, for where it lies differs between machines.
    public static String name(String text) {
        if (KINDS.contains(text.substring(0, Math.max(0, text.indexOf(':'))))) {
            return text;
        }
        int at = text.lastIndexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        return Optional.ofNullable(Path.of(path).getFileName())
                        .map(Path::toString)
                        .orElse(path)
                + (at < 0 ? "" : text.substring(at));
    }

    private static Workload file(String text, Optional<Path> lengths) throws IOException {
        int at = text.lastIndexOf('@');
        Path path = Path.of(at < 0 ? text : text.substring(0, at));
        return switch (WorkloadReader.read(path)) {
            case WorkloadFile.Requests(Workload.Recorded recorded) -> {
                if (at >= 0) {
                    throw new WorkloadFormatException(
                            text, "the file holds requests, whose rate is what it is", "Leave @RATE out.");
                }
                yield recorded;
            }
            case WorkloadFile.Rates(RateCurve curve) ->
                new Workload.Varying(
                        at < 0 ? curve : curve.scaledTo(rate(text, text.substring(at + 1))), lengths(lengths));
            case WorkloadFile.TokenLengths _ ->
                throw new WorkloadFormatException(
                        text,
                        "the file holds lengths, not arrivals",
                        "Name it with -lengths, beside -workload poisson:RATE or a file of rates.");
        };
    }

    private static double rate(String text, String number) throws WorkloadFormatException {
        try {
            double rate = Double.parseDouble(number);
            if (rate > 0 && rate <= MAX_RATE) {
                return rate;
            }
        } catch (NumberFormatException e) {
            throw new WorkloadFormatException(
                    text, "\"" + number + "\" is not a rate", "Write requests per second, such as poisson:0.15.");
        }
        throw new WorkloadFormatException(
                text, "the rate is out of range", "Give more than 0 and at most " + (long) MAX_RATE + " requests/s.");
    }

    private static Lengths lengths(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return Lengths.Fixed.DEFAULT;
        }
        return switch (WorkloadReader.read(file.get())) {
            case WorkloadFile.TokenLengths(Lengths lengths) -> lengths;
            case WorkloadFile.Requests(Workload.Recorded recorded) -> ofRequests(recorded);
            case WorkloadFile.Rates _ ->
                throw new WorkloadFormatException(
                        file.get().toString(), "the file holds rates, not lengths", "Name it with -workload.");
        };
    }

    /// The lengths of recorded requests.
    private static Lengths ofRequests(Workload.Recorded recorded) {
        return new Lengths.Pairs(
                recorded.requests().stream().mapToInt(Request::inputTokens).toArray(),
                recorded.requests().stream().mapToInt(Request::outputTokens).toArray());
    }
}
