package dev.skyhedge.state.store;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.Optional;

/// Records for tests.
final class Samples {
    static final Instant T0 = Instant.parse("2026-03-01T10:00:00.123Z");
    static final Offer OFFER = new Offer(
            "g6.xlarge",
            Accelerator.parse("L4:1"),
            Location.parse("aws/us-east-1/us-east-1a"),
            Market.SPOT,
            HourlyPrice.ofUsd("0.312"));

    private Samples() {}

    static WorkloadRecord service(String name, int wanted) {
        return new WorkloadRecord(
                name,
                "service." + name,
                WorkloadRecord.SERVICE,
                new WorkloadRecord.Edit(
                        "{\"name\":\"" + name + "\",\"text\":\"ünïcode \\\" quote\"}", "v1", T0.plusSeconds(7)),
                wanted,
                new WorkloadRecord.ScalingMemory(Optional.of(T0), Optional.empty(), Optional.of(T0.plusMillis(5))),
                Optional.of("v0"),
                Optional.of(new WorkloadRecord.StableVersion("v1", "{}", Optional.of("{\"replica\":{}}"))),
                true,
                T0,
                "");
    }

    static ReplicaRecord replica(String service, int ordinal, int generation, Lifecycle lifecycle) {
        ReplicaRecord decided = ReplicaRecord.decided(
                        new ReplicaKey(service, service + "-" + ordinal, generation),
                        "v1",
                        OFFER,
                        new IdempotencyToken("t" + ordinal + "x" + generation),
                        new Machine.Rental(T0, "spare", "cheapest zone"),
                        generation - 1)
                .withLog("line 1\nline 2");
        ReplicaRecord placed = generation % 2 == 0
                ? decided
                : decided.onInstance("i-" + ordinal, Optional.of(new Endpoint("127.0.0.1", 8000 + ordinal % 1000)));
        ReplicaRecord now = placed.in(lifecycle, T0.plusSeconds(1), "because of generation " + generation);
        return lifecycle == Lifecycle.READY
                ? now.judged(new Health(generation % 2 == 0, T0.plusSeconds(3), "GET / answered 200"))
                        .proven(T0.plusSeconds(4))
                : now;
    }

    static Change.PutReplica put(String service, int ordinal, int generation, Lifecycle lifecycle) {
        return new Change.PutReplica(replica(service, ordinal, generation, lifecycle));
    }

    static Intent intent(String id, long epoch) {
        return new Intent(
                id,
                epoch,
                Intent.Operation.LAUNCH,
                "chat",
                new MachineKey("chat-1", 1),
                new IdempotencyToken("t1"),
                "v1",
                OFFER,
                Optional.of("i-1"),
                T0);
    }

    static IntentOutcome done() {
        return new IntentOutcome(IntentOutcome.Kind.DONE, Optional.of("i-1"), "", T0);
    }

    static ZoneHealth health(String zone, ZoneHealth.Status status) {
        return new ZoneHealth(
                Location.parse("aws/us-east-1/" + zone),
                Accelerator.parse("L4:1"),
                Market.SPOT,
                status,
                3,
                T0,
                T0.plusSeconds(60),
                "no capacity");
    }

    static ProviderAccount account(String provider, String account) {
        return new ProviderAccount(provider, new CloudAccount("http://127.0.0.1:5000", account));
    }

    static Event event(String service, String message) {
        return new Event(T0, service, service + "-1", "preempted", message);
    }

    static SpendEntry spend(String service, String subject, Optional<Instant> until) {
        return new SpendEntry(service, SpendEntry.Kind.RENTED_SPOT, subject, HourlyPrice.ofUsd("0.312"), T0, until)
                .usedFor(rented(RentedTime.Use.SERVING));
    }

    static RentedTime rented(RentedTime.Use use) {
        return new RentedTime(
                use, OFFER.location(), OFFER.instanceType(), OFFER.accelerator(), Optional.of("i-0123456789"));
    }

    static LeaseClaim claim(String holder) {
        return new LeaseClaim(holder, "elsewhere", 4711, 0, "apply");
    }

    static ClosedScope closed(Optional<Market> market, int held) {
        var scope = new Scope(LocationPattern.parse("aws/us-east-1"), market, Optional.of("g6.xlarge"));
        return new ClosedScope(scope, held, 2, T0, T0.plusSeconds(20), "no more for you");
    }
}
