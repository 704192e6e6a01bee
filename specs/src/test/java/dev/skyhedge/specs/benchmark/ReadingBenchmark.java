package dev.skyhedge.specs.benchmark;

import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/// CPU time of reading and evaluating 5,000, 10,000 and 20,000 blocks of five attributes, and of `terraform
/// validate` on as many where there is one. Run its main method; it is no test.
public final class ReadingBenchmark {
    private static final int[] SIZES = {5_000, 10_000, 20_000};
    private static final int COMPARED = 10_000;
    private static final int WARM_UPS = 20;
    private static final int RUNS = 5;
    private static final String BLOCK = """
            output "o%1$d" {
              value = {
                name  = "service-${local.n}-%1$d"
                zones = ["a", "b", upper("c")]
                size  = local.n * 2 + %1$d
                spot  = local.n > 0 ? true : false
                tags  = { team = "search", index = "%1$d" }
              }
            }
            """;

    private ReadingBenchmark() {}

    /// Prints a table.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        Path directory = Files.createTempDirectory("reading-benchmark");
        Path warm = directory.resolve("warm");
        write(warm, 2_000);
        for (int i = 0; i < WARM_UPS; i++) {
            load(warm);
        }
        out.println("blocks      bytes   CPU s (best of " + RUNS + ")   growth");
        double before = 0;
        double ours = 0;
        for (int size : SIZES) {
            Path spec = directory.resolve(String.valueOf(size));
            long bytes = write(spec, size);
            double best = Double.MAX_VALUE;
            for (int i = 0; i < RUNS; i++) {
                best = Math.min(best, load(spec));
            }
            String growth = before == 0 ? "" : "×%.2f".formatted(best / before);
            out.printf("%6d %10d   %8.3f   %s%n", size, bytes, best, growth);
            before = best;
            ours = size == COMPARED ? best : ours;
        }
        OptionalDouble theirs = terraform(directory, out);
        if (theirs.isPresent()) {
            out.printf("terraform validate ÷ ours, %d blocks: %.1f%n", COMPARED, theirs.getAsDouble() / ours);
        }
    }

    /// Writes files of at most a few thousand blocks each, for there is a limit on the size of a file.
    private static long write(Path directory, int blocks) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("locals.hcl"), "locals {\n  n = 3\n}\n");
        long bytes = 0;
        for (int start = 0; start < blocks; start += SIZES[0]) {
            StringBuilder text = new StringBuilder();
            for (int i = start; i < Math.min(blocks, start + SIZES[0]); i++) {
                text.append(BLOCK.formatted(i));
            }
            bytes += text.length();
            Files.writeString(directory.resolve(start + ".hcl"), text);
        }
        return bytes;
    }

    private static double load(Path spec) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        LoadedSpec loaded = SpecLoader.load(SpecRequest.of(spec));
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (loaded.hasErrors()) {
            throw new IllegalStateException(loaded.diagnostics().getFirst().toString());
        }
        return (end - start) / 1e9;
    }

    /// CPU seconds of `terraform validate`, if there is one that accepts as many blocks.
    private static OptionalDouble terraform(Path directory, PrintStream out) throws IOException, InterruptedException {
        Path module = directory.resolve(String.valueOf(COMPARED));
        for (String name : List.of("locals", "0", "5000")) {
            Files.move(module.resolve(name + ".hcl"), module.resolve(name + ".tf"));
        }
        OptionalDouble seconds = OptionalDouble.empty();
        for (String command : new String[] {"init", "validate"}) {
            Optional<Process> process = start(module, command);
            if (process.isEmpty()) {
                out.println("terraform is not on the PATH");
                return OptionalDouble.empty();
            }
            Duration cpu = Duration.ZERO;
            while (!process.get().waitFor(20, TimeUnit.MILLISECONDS)) {
                cpu = process.get().info().totalCpuDuration().orElse(cpu);
            }
            int exit = process.get().exitValue();
            out.printf("terraform %s of %d: %.2f s CPU, exit %d%n", command, COMPARED, cpu.toMillis() / 1e3, exit);
            seconds = exit == 0 ? OptionalDouble.of(cpu.toMillis() / 1e3) : OptionalDouble.empty();
        }
        return seconds;
    }

    private static Optional<Process> start(Path module, String command) {
        try {
            ProcessBuilder builder = new ProcessBuilder("terraform", command).directory(module.toFile());
            builder.environment().put("CHECKPOINT_DISABLE", "1");
            return Optional.of(builder.redirectErrorStream(true)
                    .redirectOutput(module.resolve(command + ".log").toFile())
                    .start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
