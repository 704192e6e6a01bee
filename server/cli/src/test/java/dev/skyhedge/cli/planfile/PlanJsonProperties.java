package dev.skyhedge.cli.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlanJsonProperties {
    @Property(tries = 200)
    void comesBackExactlyAsItWas(@ForAll("plans") Plan plan) {
        Plan back = PlanJson.read(Json.parse(PlanJson.write(plan).toString()));

        assertThat(back).isEqualTo(plan);
        assertThat(PlanJson.write(back)).isEqualTo(PlanJson.write(plan));
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Combinators.combine(
                        instants(),
                        texts(),
                        Arbitraries.longs().greaterOrEqual(0),
                        actions().list().ofMaxSize(6),
                        summaries().list().ofMaxSize(3),
                        zones().list().ofMaxSize(2),
                        Combinators.combine(texts(), texts(), texts())
                                .as(Plan.Problem::new)
                                .list()
                                .ofMaxSize(2),
                        instants().optional())
                .as(Plan::new);
    }

    private static Arbitrary<String> texts() {
        // Lone surrogates are no text: UTF-8 cannot carry them.
        return Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(12);
    }

    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L),
                        Arbitraries.longs().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    private static Arbitrary<Offer> offers() {
        return Combinators.combine(
                        Arbitraries.of("g6.xlarge", "a3-highgpu-8g", "ünïcode"),
                        Arbitraries.of("L4:1", "A100-80GB:8").map(Accelerator::parse),
                        Arbitraries.of("aws/r/z", "gcp/us/b").map(Location::parse),
                        Arbitraries.of(Market.class),
                        prices())
                .as(Offer::new);
    }

    private static Arbitrary<HourlyPrice> prices() {
        return Arbitraries.longs().greaterOrEqual(0).map(HourlyPrice::new);
    }

    private static Arbitrary<WorkloadRecord> services() {
        var memory = Combinators.combine(
                        instants().optional(), instants().optional(), instants().optional())
                .as(WorkloadRecord.ScalingMemory::new);
        var stable = Combinators.combine(texts(), texts(), texts().optional()).as(WorkloadRecord.StableVersion::new);
        var names = Combinators.combine(texts(), texts(), texts(), texts(), texts())
                .as((name, address, kind, spec, version) -> new String[] {name, address, kind, spec, version});
        return Combinators.combine(
                        names,
                        Arbitraries.integers(),
                        memory,
                        texts().optional(),
                        stable.optional(),
                        Arbitraries.of(true, false),
                        instants(),
                        instants())
                .as((text, wanted, scaling, failed, known, protect, created, edited) -> new WorkloadRecord(
                        text[0],
                        text[1],
                        text[2],
                        new WorkloadRecord.Edit(text[3], text[4], edited),
                        wanted,
                        scaling,
                        failed,
                        known,
                        protect,
                        created,
                        ""));
    }

    private static Arbitrary<Action> actions() {
        var token = Arbitraries.of("a", "s234").map(IdempotencyToken::new);
        var number = Arbitraries.integers();
        var end = Arbitraries.of(Lifecycle.class);
        return Arbitraries.oneOf(
                Combinators.combine(services().optional(), services(), texts()).as(Action.PutWorkload::new),
                Combinators.combine(texts(), texts()).as(Action.RemoveWorkload::new),
                Combinators.combine(texts(), texts(), number, offers(), token, number, texts())
                        .as((service, replica, generation, offer, t, failures, reason) -> new Action.Launch(
                                service, replica, generation, "v", offer, t, "target", failures, reason)),
                Combinators.combine(texts(), texts(), number, offers(), end, texts())
                        .as(Action.Drain::new),
                Combinators.combine(texts(), texts(), number, offers(), end, texts())
                        .as(Action.Terminate::new));
    }

    private static Arbitrary<Plan.WorkloadSummary> summaries() {
        var cost = Combinators.combine(prices(), prices(), prices()).as(Plan.Cost::new);
        var number = Arbitraries.integers();
        return Combinators.combine(
                        texts(),
                        number,
                        texts(),
                        number,
                        number,
                        number,
                        cost,
                        texts().list().ofMaxSize(2))
                .as(Plan.WorkloadSummary::new);
    }

    private static Arbitrary<ZoneHealth> zones() {
        return Combinators.combine(
                        offers(),
                        Arbitraries.of(ZoneHealth.Status.class),
                        Arbitraries.integers(),
                        instants(),
                        instants(),
                        texts())
                .as((offer, status, failures, since, retry, evidence) -> new ZoneHealth(
                        offer.location(),
                        offer.accelerator(),
                        offer.market(),
                        status,
                        failures,
                        since,
                        retry,
                        evidence));
    }
}
