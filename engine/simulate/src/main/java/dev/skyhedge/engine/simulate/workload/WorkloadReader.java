package dev.skyhedge.engine.simulate.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Reads workload files: CSV with a header, plain or with gzip if the name ends in `.gz`.
///
/// | header begins with | holds |
/// |---|---|
/// | `arrival_s,input_tokens,output_tokens` | requests, in order of arrival |
/// | `window_start_s,rate_rps` | requests per second in windows of equal length |
/// | `minute,total` | requests in each minute |
/// | `input_tokens,output_tokens` | lengths of requests |
/// | `kind,tokens,probability` | lengths, prompts (`input`) and answers (`output`) apart |
///
/// Further columns are ignored.
public final class WorkloadReader {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_MINUTE = 60;
    /// Ten years.
    private static final double MAX_SECONDS = 3.2e8;
    private static final double MAX_TOKENS = 1e8;
    private static final double MAX_RATE = 1e9;

    private WorkloadReader() {}

    /// Reads a file.
    ///
    /// @throws WorkloadFormatException if it holds no workload
    /// @throws IOException if it cannot be read
    public static WorkloadFile read(Path file) throws IOException {
        return TableFile.read(file, WorkloadReader::read);
    }

    static WorkloadFile read(CsvRows rows) throws IOException {
        List<String> header = rows.header();
        if (begins(header, "arrival_s", "input_tokens", "output_tokens")) {
            return requests(rows);
        }
        if (begins(header, "window_start_s", "rate_rps")) {
            return windows(rows);
        }
        if (begins(header, "minute", "total")) {
            return minutes(rows);
        }
        if (begins(header, "input_tokens", "output_tokens")) {
            return pairs(rows);
        }
        if (begins(header, "kind", "tokens", "probability")) {
            return marginals(rows);
        }
        throw rows.problem(
                0,
                "the header \"" + String.join(",", header) + "\" is not one of a workload",
                "Begin it with arrival_s,input_tokens,output_tokens for requests, window_start_s,rate_rps or"
                        + " minute,total for rates, input_tokens,output_tokens or kind,tokens,probability for lengths.");
    }

    private static boolean begins(List<String> header, String... names) {
        return header.size() >= names.length && header.subList(0, names.length).equals(Arrays.asList(names));
    }

    private static WorkloadFile requests(CsvRows rows) throws IOException {
        List<Request> requests = new ArrayList<>();
        long last = 0;
        while (rows.next()) {
            long arrival = Math.round(rows.number(0, 0, MAX_SECONDS) * NANOS_PER_SECOND);
            if (arrival < last) {
                throw rows.problem(0, "the request comes before the one above it", "Sort the rows by arrival_s.");
            }
            last = arrival;
            requests.add(
                    new Request(arrival, (int) rows.number(1, 0, MAX_TOKENS), (int) rows.number(2, 0, MAX_TOKENS)));
        }
        rows.requireSome(requests.size());
        // Over again after one more distance of the usual size.
        long usual = Math.max(1, last / requests.size());
        return new WorkloadFile.Requests(new Workload.Recorded(requests, last + usual));
    }

    private static WorkloadFile windows(CsvRows rows) throws IOException {
        List<Double> starts = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        while (rows.next()) {
            double start = rows.number(0, 0, MAX_SECONDS);
            int n = starts.size();
            if (n == 0 && start != 0) {
                throw rows.problem(0, "the first window begins at " + start + " s", "Count from the first window.");
            }
            if (n == 1 && !(start > 0) || n > 1 && Math.abs(start - n * starts.get(1)) > 1e-6) {
                throw rows.problem(
                        0, "the window does not follow the one above it", "Give windows of one length, without gaps.");
            }
            starts.add(start);
            rates.add(rows.number(1, 0, MAX_RATE));
        }
        rows.requireSome(starts.size());
        double window = starts.size() > 1 ? starts.get(1) : SECONDS_PER_MINUTE;
        return curve(rows, window, rates);
    }

    private static WorkloadFile minutes(CsvRows rows) throws IOException {
        List<Double> rates = new ArrayList<>();
        while (rows.next()) {
            if (rows.number(0, 0, MAX_SECONDS) != rates.size()) {
                throw rows.problem(0, "minute " + rates.size() + " is missing", "Give one row for each minute from 0.");
            }
            rates.add(rows.number(1, 0, MAX_RATE) / SECONDS_PER_MINUTE);
        }
        rows.requireSome(rates.size());
        return curve(rows, SECONDS_PER_MINUTE, rates);
    }

    private static WorkloadFile curve(CsvRows rows, double windowSeconds, List<Double> rates) throws IOException {
        var curve = new RateCurve(
                Math.round(windowSeconds * NANOS_PER_SECOND),
                rates.stream().mapToDouble(rate -> rate).toArray());
        if (!(curve.max() > 0)) {
            throw rows.problem(1, "every rate is 0", "Give a rate above 0 somewhere.");
        }
        return new WorkloadFile.Rates(curve);
    }

    private static WorkloadFile pairs(CsvRows rows) throws IOException {
        List<Integer> inputs = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        while (rows.next()) {
            inputs.add((int) rows.number(0, 0, MAX_TOKENS));
            outputs.add((int) rows.number(1, 0, MAX_TOKENS));
        }
        rows.requireSome(inputs.size());
        return new WorkloadFile.TokenLengths(new Lengths.Pairs(ints(inputs), ints(outputs)));
    }

    private static WorkloadFile marginals(CsvRows rows) throws IOException {
        List<Integer> inputs = new ArrayList<>();
        List<Double> inputWeights = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        List<Double> outputWeights = new ArrayList<>();
        while (rows.next()) {
            boolean input =
                    rows.oneOf(0, Set.of("input", "output"), "input or output").equals("input");
            (input ? inputs : outputs).add((int) rows.number(1, 0, MAX_TOKENS));
            (input ? inputWeights : outputWeights).add(rows.number(2, 0, 1));
        }
        return new WorkloadFile.TokenLengths(new Lengths.Marginals(
                distribution(rows, "input", inputs, inputWeights),
                distribution(rows, "output", outputs, outputWeights)));
    }

    private static Lengths.Distribution distribution(
            CsvRows rows, String kind, List<Integer> tokens, List<Double> weights) throws IOException {
        double[] cumulative = new double[weights.size()];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += weights.get(i);
            cumulative[i] = sum;
        }
        if (!(sum > 0)) {
            throw rows.problem(0, "no " + kind + " has a probability above 0", "Give rows of both kinds.");
        }
        return new Lengths.Distribution(ints(tokens), cumulative);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }
}
