package dev.skyhedge.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Limits;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.RequestRates;
import dev.skyhedge.engine.accelerators.Ticks;
import dev.skyhedge.engine.solver.ProfileReader.PricedProfile;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the published code answers, on tables that are not ours to ship: only where
/// `-Dskyhedge.accelerators=DIR` says where `gpu-profiles` and `workloads` are.
@EnabledIfSystemProperty(named = "skyhedge.accelerators", matches = ".+")
class PublishedExamplesTest {
    private static final Path DATA = Path.of(System.getProperty("skyhedge.accelerators", "."));

    @ParameterizedTest
    @ValueSource(strings = {"toy_example", "derived4_azconv_r4_s8"})
    void costsAreThoseOfThePublishedCode(String name) throws IOException {
        Path examples = DATA.resolve("gpu-profiles/examples");
        ObjectMapper json = new ObjectMapper();
        Problem problem = problem(json.readTree(examples.resolve(name + ".json").toFile()));
        JsonNode published = json.readTree(examples.resolve(name + ".out.json").toFile());
        double cost = published.get("result").get("cost").asDouble();

        Allocation mix = Mixes.SCIP.solve(problem, Limits.EXACT);

        assertThat(mix.usdPerHour()).isCloseTo(cost, within(1e-6));
        assertThat(Mixes.PURE_JAVA.solve(problem, Limits.EXACT).usdPerHour()).isCloseTo(cost, within(1e-6));
        Map<Accelerator, Allocation> singles = Mixes.SCIP.singles(problem, Limits.EXACT);
        published.get("single_gpu").properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .forEach(entry -> assertThat(singles)
                        .hasEntrySatisfying(
                                Accelerator.parse(entry.getKey()),
                                alone -> assertThat(alone.usdPerHour())
                                        .isCloseTo(entry.getValue().asDouble(), within(1e-6))));
    }

    @ParameterizedTest
    @CsvSource({"1,1.71,2.1,2.02,3.67,7.516", "4,5.69,7.7,6.06,7.34,15.032"})
    void conversationsCostWhatThePublishedSolverSays(
            double rate, double mix, double l4, double a10g, double a100, double h100) throws IOException {
        PricedProfile table = ProfileReader.profile(DATA.resolve("gpu-profiles/derived_llama2-7b_tpot120_4gpu.csv"));
        RequestRates rates = RequestRates.of(
                ProfileReader.lengths(
                        DATA.resolve("workloads/sharegpt_lengths.csv.gz"),
                        Ticks.of(table.profile().buckets())),
                rate,
                0);
        Problem problem = Mixes.problem(table.profile(), table.usdPerHour(), rates, 8);

        assertThat(Mixes.SCIP.solve(problem, Limits.EXACT).usdPerHour()).isCloseTo(mix, within(1e-6));
        Map<Accelerator, Allocation> singles = Mixes.SCIP.singles(problem, Limits.EXACT);
        assertThat(singles.values().stream().map(Allocation::usdPerHour))
                .usingElementComparator((one, two) -> Math.abs(one - two) < 1e-6 ? 0 : Double.compare(one, two))
                .containsExactly(a100, a10g, h100, l4);
    }

    private static Problem problem(JsonNode example) {
        int slices = example.get("slice_factor").asInt();
        SortedMap<Accelerator, SortedMap<Bucket, Double>> table = new TreeMap<>();
        SortedMap<Accelerator, Double> prices = new TreeMap<>();
        example.get("gpu_info").properties().forEach(entry -> {
            table.put(Accelerator.parse(entry.getKey()), matrix(entry.getValue().get("tputs")));
            prices.put(
                    Accelerator.parse(entry.getKey()),
                    entry.getValue().get("cost").asDouble());
        });
        RequestRates rates = RequestRates.of(
                matrix(example.get("workload_distribution")),
                example.get("total_request_rate").asDouble()
                        * matrix(example.get("workload_distribution")).values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum(),
                0);
        return Mixes.problem(new Profile(table), prices, rates, slices);
    }

    private static SortedMap<Bucket, Double> matrix(JsonNode rows) {
        SortedMap<Bucket, Double> values = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).size(); j++) {
                values.put(new Bucket(i + 1, j + 1), rows.get(i).get(j).asDouble());
            }
        }
        return values;
    }
}
