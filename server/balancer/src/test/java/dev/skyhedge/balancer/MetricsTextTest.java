package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

    @Test
    void exportsWhatWasCounted() throws Exception {
        try (var bed = new TestBed()) {
            bed.route(bed.replicaAnswering("ok").target("a\"b"));
            await(bed.get("/"));
            bed.assertAtRest();

            String text = MetricsText.of(bed.balancer.statistics());

            assertThat(text)
                    .contains("skyhedge_requests_total{service=\"chat\",code=\"200\"} 1\n")
                    .contains("skyhedge_inflight_requests{service=\"chat\",replica=\"a\\\"b\",generation=\"1\"} 0\n")
                    .contains("skyhedge_request_duration_seconds_count{service=\"chat\"} 1\n")
                    .contains("skyhedge_routing_table_version{service=\"chat\"} 1\n");
        }
    }

    @Test
    void isWellFormed() throws Exception {
        try (var bed = new TestBed()) {
            bed.route(bed.replicaAnswering("ok").target("a"));
            await(bed.get("/"));

            assertThat(Arrays.stream(MetricsText.of(bed.balancer.statistics()).split("\n")))
                    .allMatch(
                            line -> line.matches("# (HELP|TYPE) skyhedge_[a-z_]+ .+|skyhedge_[a-z_]+\\{.+} [0-9.E-]+"));
        }
    }

    @Test
    void namesEachFamilyOnceForSeveralServices() throws Exception {
        try (var chat = new TestBed();
                var embed = new TestBed()) {
            chat.route(chat.replicaAnswering("ok").target("a"));
            embed.balancer.route(
                    RoutingTable.of(3, "embed", embed.replicaAnswering("ok").target("b")));

            String text = MetricsText.of(List.of(chat.balancer.statistics(), embed.balancer.statistics()));

            assertThat(text)
                    .contains("skyhedge_routing_table_version{service=\"chat\"} 1\n"
                            + "skyhedge_routing_table_version{service=\"embed\"} 3\n")
                    .contains("skyhedge_request_duration_seconds_count{service=\"embed\"} 0\n")
                    .contains("skyhedge_breaker_state{service=\"embed\",replica=\"b\",generation=\"1\"} 0\n");
            assertThat(text.lines().filter(line -> line.startsWith("#"))).doesNotHaveDuplicates();
            assertThat(text.lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.substring(0, line.lastIndexOf(' '))))
                    .doesNotHaveDuplicates();
        }
    }
}
