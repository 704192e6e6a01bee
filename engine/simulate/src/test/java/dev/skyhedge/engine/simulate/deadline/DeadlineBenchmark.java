package dev.skyhedge.engine.simulate.deadline;

import dev.skyhedge.engine.deadline.DeadlinePolicy;
import dev.skyhedge.engine.deadline.JobTerms;
import dev.skyhedge.engine.deadline.PatientSpot;
import dev.skyhedge.engine.deadline.SafetyNet;
import dev.skyhedge.engine.deadline.SkyNomad;
import dev.skyhedge.engine.deadline.UniformProgress;
import dev.skyhedge.engine.deadline.UniformProgress.Form;
import dev.skyhedge.engine.simulate.deadline.RecordedJobMarkets.Prices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Jobs with a deadline on recorded markets: what the policy of this house pays beyond the
/// offline optimum, beside what SkyNomad's does, as it is described, and beside uniform progress;
/// all of them with the same safety net.
public final class DeadlineBenchmark {
    private static final double WORK_HOURS = 41.18;
    private static final double RESTART_HOURS = 0.2;
    private static final double CHECKPOINT_GIGABYTES = 50;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double V100_ON_DEMAND = 3.06;
    private static final double V100_RATIO = 1.5;
    private static final List<String> V100_ZONES = List.of("us-east-1c", "us-east-2b", "us-west-2a");
    private static final List<Integer> V100_WINDOWS = List.of(3, 5, 7, 8, 14);
    /// What the published figures of the V100 are of: one tick less than 60 hours, and two thirds
    /// of it of work.
    private static final int PUBLISHED_TICKS = 1106;

    private static final int H100_WINDOWS = 6;
    private static final double H100_LIFE_HOURS = 2;
    private static final double USUAL_RATIO = 1.2;
    private static final List<String> H100_ZONES = List.of(
            "us-central1-a", "us-west1-a", "europe-west1-c", "europe-west3-c", "asia-southeast1-b", "asia-south2-b");
    /// In the order in which more regions are added.
    private static final List<String> MORE_ZONES = List.of(
            "asia-southeast1-c",
            "asia-south2-b",
            "us-west1-b",
            "europe-west3-c",
            "us-west1-a",
            "us-east4-a",
            "europe-west1-c",
            "us-central1-c");

    private final RecordedJobMarkets v100;
    private final RecordedJobMarkets h100;
    private int missed;

    /// One job on one market.
    private record Job(JobMarket market, JobTerms terms) {
        DeadlineOutcome run(DeadlinePolicy policy) {
            return new DeadlineSimulation(market, terms, new SafetyNet(policy)).run();
        }

        /// One zone after the other.
        double alone() {
            return IntStream.range(0, market.zones().size())
                    .mapToDouble(zone -> new Job(market.of(List.of(zone)), terms)
                            .run(new UniformProgress(Form.EAGER))
                            .cost())
                    .average()
                    .orElseThrow();
        }
    }

    private DeadlineBenchmark(Path traces) throws IOException {
        v100 = RecordedJobMarkets.priced(traces.resolve("aws3-v100-1node-2023-02-15-priced"), V100_ON_DEMAND);
        SequencedMap<String, Prices> listed = new LinkedHashMap<>(RecordedJobMarkets.H100);
        h100 = RecordedJobMarkets.listed(traces.resolve("gcp-h100-16node-2025-10-04"), listed);
    }

    /// Argument: the directory of the recordings.
    public static void main(String[] arguments) throws IOException {
        long begun = System.nanoTime();
        var benchmark = new DeadlineBenchmark(Path.of(arguments[0]));
        benchmark.run();
        System.out.printf(Locale.ROOT, "deadlines missed here: %d%n", benchmark.missed);
        System.out.printf(Locale.ROOT, "%.1f s%n", (System.nanoTime() - begun) / 1e9);
    }

    private void run() {
        double published = PUBLISHED_TICKS * v100.tickSeconds() / SECONDS_PER_HOUR;
        print("v100, as published", v100(published / V100_RATIO, published, RESTART_HOURS), false);
        double deadline = V100_RATIO * WORK_HOURS;
        for (double seconds : List.of(30.0, 180.0, 720.0, 1200.0)) {
            String name = String.format(Locale.ROOT, "v100, restart %.0f s", seconds);
            print(name, v100(WORK_HOURS, deadline, seconds / SECONDS_PER_HOUR), false);
        }
        for (double ratio : List.of(1.05, 1.1, 1.2, 1.3, 1.5, 2.0)) {
            print("h100, ratio " + ratio, h100(H100_ZONES, ratio, RESTART_HOURS, CHECKPOINT_GIGABYTES), true);
        }
        for (double gigabytes : List.of(0.0, 500.0, 4000.0)) {
            String name = String.format(Locale.ROOT, "h100, checkpoint %.0f GB", gigabytes);
            print(name, h100(H100_ZONES, USUAL_RATIO, RESTART_HOURS, gigabytes), true);
        }
        for (int zones : List.of(1, 3, 6, 8)) {
            List<String> some = MORE_ZONES.subList(0, zones);
            print("h100, zones " + zones, h100(some, USUAL_RATIO, RESTART_HOURS, CHECKPOINT_GIGABYTES), true);
        }
        for (double seconds : List.of(30.0, 180.0, 1200.0)) {
            String name = String.format(Locale.ROOT, "h100, restart %.0f s", seconds);
            double hours = seconds / SECONDS_PER_HOUR;
            print(name, h100(H100_ZONES, USUAL_RATIO, hours, CHECKPOINT_GIGABYTES), true);
        }
    }

    private List<Job> v100(double work, double deadline, double restart) {
        double tick = v100.tickSeconds() / SECONDS_PER_HOUR;
        int ticks = (int) Math.ceil(deadline / tick - 1e-9);
        var terms = new JobTerms(work, deadline, restart, tick);
        return V100_WINDOWS.stream()
                .map(window -> new Job(v100.window(V100_ZONES, window * ticks, ticks, CHECKPOINT_GIGABYTES), terms))
                .toList();
    }

    /// Windows that begin evenly over the week, as far as their deadline lets them.
    private List<Job> h100(List<String> zones, double ratio, double restart, double gigabytes) {
        double tick = h100.tickSeconds() / SECONDS_PER_HOUR;
        double deadline = ratio * WORK_HOURS;
        int ticks = (int) Math.ceil(deadline / tick - 1e-9);
        var terms = new JobTerms(WORK_HOURS, deadline, restart, tick);
        List<Job> jobs = new ArrayList<>();
        for (int window = 0; window < H100_WINDOWS; window++) {
            int from = window * (h100.ticks() - ticks) / (H100_WINDOWS - 1);
            jobs.add(new Job(h100.window(zones, from, ticks, gigabytes), terms));
        }
        return jobs;
    }

    private void print(String name, List<Job> jobs, boolean capped) {
        double optimum = jobs.stream()
                .mapToDouble(job -> OfflineOptimum.cost(job.market(), job.terms()))
                .average()
                .orElseThrow();
        var skyNomad = new SkyNomad(capped ? H100_LIFE_HOURS : Double.MAX_VALUE);
        SequencedMap<String, Double> others = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            others.put(form.name().toLowerCase(Locale.ROOT), mean(jobs, new UniformProgress(form)));
        }
        others.put("one zone", jobs.stream().mapToDouble(Job::alone).average().orElseThrow());
        System.out.printf(
                Locale.ROOT,
                "%s: excess over the optimum: %.2f, theirs: %.2f%n",
                name,
                mean(jobs, new PatientSpot()) - optimum,
                mean(jobs, skyNomad) - optimum);
        StringBuilder costs = new StringBuilder();
        others.forEach((form, cost) -> costs.append(String.format(Locale.ROOT, ", %s %.2f", form, cost)));
        System.out.printf(Locale.ROOT, "    optimum %.2f; uniform progress costs%s%n", optimum, costs.substring(1));
        missed += (int)
                jobs.stream().filter(job -> !job.run(new PatientSpot()).met()).count();
    }

    private static double mean(List<Job> jobs, DeadlinePolicy policy) {
        return jobs.stream()
                .mapToDouble(job -> job.run(policy).cost())
                .average()
                .orElseThrow();
    }
}
