package dev.skyhedge.state.store.json;

import static dev.skyhedge.state.store.json.Forms.ACCELERATOR;
import static dev.skyhedge.state.store.json.Forms.DURATION;
import static dev.skyhedge.state.store.json.Forms.FLAG;
import static dev.skyhedge.state.store.json.Forms.INTEGER;
import static dev.skyhedge.state.store.json.Forms.LOCATION;
import static dev.skyhedge.state.store.json.Forms.LOCATIONS;
import static dev.skyhedge.state.store.json.Forms.LONG;
import static dev.skyhedge.state.store.json.Forms.MARKET;
import static dev.skyhedge.state.store.json.Forms.OFFER;
import static dev.skyhedge.state.store.json.Forms.PRICE;
import static dev.skyhedge.state.store.json.Forms.TEXT;
import static dev.skyhedge.state.store.json.Forms.TEXTS;
import static dev.skyhedge.state.store.json.Forms.TIME;
import static dev.skyhedge.state.store.json.Forms.TOKEN;
import static dev.skyhedge.state.store.json.Forms.constant;

import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.FollowedLoad;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Memory;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.util.Optional;

/// The records of a state, each declared once. Names of fields are those of stored rows: they do not move when a
/// record does.
public final class RecordForms {
    private static final Form<Intent.Operation> OPERATION = constant(Intent.Operation.class);
    private static final Form<IntentOutcome.Kind> OUTCOME_KIND = constant(IntentOutcome.Kind.class);
    private static final Form<ZoneHealth.Status> ZONE_STATUS = constant(ZoneHealth.Status.class);
    private static final Form<SpendEntry.Kind> SPEND_KIND = constant(SpendEntry.Kind.class);
    private static final Form<RentedTime.Use> USE = constant(RentedTime.Use.class);

    private static final Form<FollowedLoad> LOAD = Forms.text(FollowedLoad::toString, FollowedLoad::parse);

    private static final Form<StableVersion> STABLE = Fields.of(f -> new StableVersion(
            f.field("version", StableVersion::version, TEXT),
            f.field("replica_json", StableVersion::replicaJson, TEXT),
            f.optional("spec_json", StableVersion::specJson, TEXT)));

    /// A workload.
    public static final Form<WorkloadRecord> WORKLOAD = Fields.of(RecordForms::workload);

    /// A write-ahead record.
    public static final Form<Intent> INTENT = Fields.of(f -> new Intent(
            f.field("id", Intent::id, TEXT),
            f.field("epoch", Intent::epoch, LONG),
            f.field("operation", Intent::operation, OPERATION),
            f.field("service", Intent::service, TEXT),
            f.part(Intent::machine, RecordForms::machine),
            f.field("token", Intent::token, TOKEN),
            f.field("version", Intent::version, TEXT),
            f.field("offer", Intent::offer, OFFER),
            f.optional("instance_id", Intent::instanceId, TEXT),
            f.field("created_at_millis", Intent::createdAt, TIME)));

    /// How an intent ended.
    public static final Form<IntentOutcome> OUTCOME = Fields.of(f -> new IntentOutcome(
            f.field("kind", IntentOutcome::kind, OUTCOME_KIND),
            f.optional("instance_id", IntentOutcome::instanceId, TEXT),
            f.field("detail", IntentOutcome::detail, TEXT),
            f.field("at_millis", IntentOutcome::at, TIME)));

    private static final Form<Memory> MEMORY = Fields.of(f -> new Memory(
            f.field("losses_millionths", Memory::microLosses, LONG),
            f.field("held_millis", Memory::held, DURATION),
            f.field("starts_millionths", Memory::microStarts, LONG),
            f.field("rented_millis", Memory::rented, DURATION),
            f.field("replicas", Memory::replicas, INTEGER),
            f.field("as_of_millis", Memory::asOf, TIME)));

    private static final Form<TrackRecord> TRACK_RECORD = Fields.of(f -> new TrackRecord(
            f.optional("held_since_millis", TrackRecord::heldSince, TIME),
            f.field("calm_before_millis", TrackRecord::calmBefore, DURATION),
            f.optional("troubled_at_millis", TrackRecord::troubledAt, TIME),
            f.optional("lost_at_millis", TrackRecord::lostAt, TIME),
            f.field("left_survivors", TrackRecord::leftSurvivors, FLAG),
            f.field("whole_losses", TrackRecord::wholeLosses, INTEGER),
            f.field("partial_losses", TrackRecord::partialLosses, INTEGER),
            f.unless(Memory.NONE, "memory", TrackRecord::memory, MEMORY)));

    /// What was learnt about a zone.
    public static final Form<ZoneHealth> ZONE_HEALTH = Fields.of(f -> new ZoneHealth(
            f.field("location", ZoneHealth::location, LOCATION),
            f.field("accelerator", ZoneHealth::accelerator, ACCELERATOR),
            f.field("market", ZoneHealth::market, MARKET),
            f.field("status", ZoneHealth::status, ZONE_STATUS),
            f.field("failures", ZoneHealth::failures, INTEGER),
            f.field("since_millis", ZoneHealth::since, TIME),
            f.field("retry_at_millis", ZoneHealth::retryAt, TIME),
            f.field("evidence", ZoneHealth::evidence, TEXT),
            f.unless(TrackRecord.NONE, "history", ZoneHealth::history, TRACK_RECORD)));

    /// A quota that was found used up.
    public static final Form<ClosedScope> CLOSED_SCOPE = Fields.of(f -> new ClosedScope(
            f.part(ClosedScope::scope, RecordForms::scope),
            f.field("held", ClosedScope::held, INTEGER),
            f.field("failures", ClosedScope::failures, INTEGER),
            f.field("since_millis", ClosedScope::since, TIME),
            f.field("retry_at_millis", ClosedScope::retryAt, TIME),
            f.field("evidence", ClosedScope::evidence, TEXT)));

    /// What a provider was.
    public static final Form<ProviderAccount> ACCOUNT = Fields.of(f -> new ProviderAccount(
            f.field("provider", ProviderAccount::provider, TEXT),
            f.part(
                    ProviderAccount::account,
                    account -> new CloudAccount(
                            account.field("endpoint", CloudAccount::endpoint, TEXT),
                            account.field("account", CloudAccount::account, TEXT)))));

    /// Which spec is in force.
    public static final Form<SpecInForce> SPEC = Fields.of(f -> new SpecInForce(
            f.field("digest", SpecInForce::digest, TEXT),
            f.unless("", "services", SpecInForce::services, TEXT),
            f.field("source", SpecInForce::source, TEXT),
            f.field("at", SpecInForce::at, TIME),
            f.field("removing", SpecInForce::removing, TEXTS)));

    /// Something that happened.
    public static final Form<Event> EVENT = Fields.of(f -> new Event(
            f.field("at_millis", Event::at, TIME),
            f.field("service", Event::service, TEXT),
            f.field("replica", Event::replica, TEXT),
            f.field("kind", Event::kind, TEXT),
            f.field("message", Event::message, TEXT)));

    private static final Form<RentedTime> RENTED = Fields.of(f -> new RentedTime(
            f.field("use", RentedTime::use, USE),
            f.field("location", RentedTime::location, LOCATION),
            f.field("instance_type", RentedTime::instanceType, TEXT),
            f.field("accelerator", RentedTime::accelerator, ACCELERATOR),
            f.optional("instance_id", RentedTime::instanceId, TEXT)));

    /// A price paid over some time.
    public static final Form<SpendEntry> SPEND = Fields.of(f -> new SpendEntry(
            f.field("service", SpendEntry::service, TEXT),
            f.field("kind", SpendEntry::kind, SPEND_KIND),
            f.field("subject", SpendEntry::subject, TEXT),
            f.field("price_micro_dollars", SpendEntry::price, PRICE),
            f.field("from_millis", SpendEntry::from, TIME),
            f.optional("until_millis", SpendEntry::until, TIME),
            f.optional("rented", SpendEntry::rented, RENTED),
            f.optional("total_micro_dollars", SpendEntry::total, LONG)));

    /// Who has, or wants, the lease. Rows of earlier versions do not tell the machine.
    public static final Form<LeaseClaim> CLAIM = Fields.of(f -> new LeaseClaim(
            f.field("holder", LeaseClaim::holder, TEXT),
            f.field("host", LeaseClaim::host, TEXT),
            f.unless("", "machine", LeaseClaim::machine, TEXT),
            f.field("pid", LeaseClaim::pid, LONG),
            f.field("process_start_millis", LeaseClaim::processStart, LONG),
            f.field("operation", LeaseClaim::operation, TEXT)));

    private RecordForms() {}

    private static WorkloadRecord workload(Fields<WorkloadRecord> f) {
        String name = f.field("name", WorkloadRecord::name, TEXT);
        String address = f.field("address", WorkloadRecord::address, TEXT);
        String kind = f.unless(WorkloadRecord.SERVICE, "kind", WorkloadRecord::kind, TEXT);
        String specJson = f.field("spec_json", WorkloadRecord::specJson, TEXT);
        String version = f.field("version", WorkloadRecord::version, TEXT);
        int wanted = f.field("wanted", WorkloadRecord::wanted, INTEGER);
        ScalingMemory scaling = f.part(WorkloadRecord::scaling, RecordForms::scaling);
        Optional<String> failedVersion = f.optional("failed_version", WorkloadRecord::failedVersion, TEXT);
        Optional<StableVersion> stable = f.optional("stable", WorkloadRecord::stable, STABLE);
        boolean protect = f.field("protect", WorkloadRecord::protect, FLAG);
        var createdAt = f.field("created_at_millis", WorkloadRecord::createdAt, TIME);
        var editedAt = f.unless(createdAt, "edited_at_millis", WorkloadRecord::editedAt, TIME);
        return new WorkloadRecord(
                name,
                address,
                kind,
                new WorkloadRecord.Edit(specJson, version, editedAt),
                wanted,
                scaling,
                failedVersion,
                stable,
                protect,
                createdAt,
                f.unless("", "memory", WorkloadRecord::memory, TEXT));
    }

    private static ScalingMemory scaling(Fields<ScalingMemory> f) {
        return new ScalingMemory(
                f.optional("more_since_millis", ScalingMemory::moreSince, TIME),
                f.optional("less_since_millis", ScalingMemory::lessSince, TIME),
                f.optional("contrary_since_millis", ScalingMemory::contrarySince, TIME),
                f.optional("load", ScalingMemory::load, LOAD));
    }

    /// The tags of its instance call it so.
    private static MachineKey machine(Fields<MachineKey> f) {
        return new MachineKey(
                f.field("replica", MachineKey::name, TEXT), f.field("generation", MachineKey::generation, INTEGER));
    }

    private static Scope scope(Fields<Scope> f) {
        return new Scope(
                f.field("locations", Scope::locations, LOCATIONS),
                f.optional("market", Scope::market, MARKET),
                f.optional("instance_type", Scope::instanceType, TEXT));
    }
}
