package dev.skyhedge.cli.view.status;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.EndpointUrl;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.LogLines;
import dev.skyhedge.cli.view.PlacementName;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.cli.view.resource.ReplicaState;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `status` as people read it.
public final class StatusText {
    /// More replicas of a service than this are counted only.
    private static final int MOST_REPLICAS = 100;

    private static final int ALL_ON_DEMAND = 5;
    private static final int PREEMPTED = 7;
    private static final int ZONE_ACCELERATOR = 3;
    private static final int INSTANCE_TYPE = 4;
    private static final int ACCELERATOR = 5;

    private StatusText() {}

    /// The whole status; ends with a newline.
    ///
    /// @param all whether ended replicas and zone health are shown too
    public static String render(StatusReport report, boolean all, Display display) {
        if (report.services().isEmpty()) {
            return "No services. Run \"skyhedge apply\" to start the ones that your spec declares.\n"
                    + orders(report, display);
        }
        StringBuilder text = new StringBuilder();
        services(text, report, display);
        placements(text, report, display);
        text.append(display.wrap(WatcherText.of(report), "")).append('\n');
        text.append(orders(report, display));
        report.services().stream()
                .flatMap(service -> StoppedRollOut.text(service.record()).stream())
                .forEach(note -> text.append(display.paint(Ink.CHANGED, display.wrap("Note: " + note, "")))
                        .append('\n'));
        report.services().stream()
                .flatMap(service -> LittleHope.text(service).stream())
                .forEach(note -> text.append(display.paint(Ink.REMOVED, display.wrap("Note: " + note, "")))
                        .append('\n'));
        for (StatusReport.Service service : report.services()) {
            replicas(text, service, report.at(), all, display);
        }
        report.services().forEach(service -> TrialTable.append(text, service, display));
        checks(text, report, display);
        if (all && !report.zoneHealth().isEmpty()) {
            zones(text, report, display);
        }
        return text.toString();
    }

    /// By which placement each service runs, the default included, which its spec need not name.
    private static void placements(StringBuilder text, StatusReport report, Display display) {
        SequencedMap<String, List<String>> services = new LinkedHashMap<>();
        report.services()
                .forEach(service -> PlacementName.of(service.record())
                        .ifPresent(name -> services.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(Words.clean(service.record().name()))));
        if (!services.isEmpty()) {
            String each = services.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                    .collect(Collectors.joining(", ", "Placement: ", "."));
            text.append(display.wrap(each, "")).append('\n');
        }
    }

    private static String orders(StatusReport report, Display display) {
        Stream<String> waiting = report.waiting().stream()
                .map(event -> display.paint(Ink.CHANGED, display.wrap("Note: " + Words.clean(event.message()), "")));
        Stream<String> orders =
                report.orders().stream().map(placed -> display.wrap(OrderText.of(placed, report.at()), ""));
        return Stream.concat(waiting, orders).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void checks(StringBuilder text, StatusReport report, Display display) {
        if (report.checks().isEmpty()) {
            return;
        }
        Table table = new Table(display, "", "lll");
        table.header("CHECK", "RESULT", "MESSAGE");
        for (CheckResult check : report.checks()) {
            Ink ink = switch (check.status()) {
                case PASS -> Ink.ADDED;
                case FAIL -> Ink.REMOVED;
                case UNKNOWN -> Ink.FAINT;
            };
            table.add(
                    ink,
                    Words.clean(check.address()),
                    check.status().name(),
                    Words.clean(String.join(" ", check.messages())));
        }
        table.appendTo(text.append('\n'));
    }

    private static void services(StringBuilder text, StatusReport report, Display display) {
        Table table = new Table(display, "", "llrrrrrrl").givingWay(PREEMPTED, ALL_ON_DEMAND);
        table.header(
                "SERVICE", "STATE", "READY", "PRICE", "SPENT", "ALL ON-DEMAND", "SAVED", "PREEMPTED 1H", "ENDPOINT");
        for (StatusReport.Service service : report.services()) {
            table.add(
                    ink(service.condition()),
                    service.record().name(),
                    service.condition().name(),
                    Words.grouped(service.ready()) + "/"
                            + Words.grouped(service.record().wanted()),
                    Dollars.rate(service.price()),
                    Dollars.amount(service.spentMicroDollars()),
                    Dollars.amount(service.allOnDemandMicroDollars()),
                    service.savedPercent().map(percent -> percent + "%").orElse("-"),
                    Words.grouped(service.recentPreemptions()),
                    EndpointUrl.of(service.record()).orElse("-"));
        }
        table.appendTo(text);
    }

    private static void replicas(
            StringBuilder text, StatusReport.Service service, Instant now, boolean all, Display display) {
        List<ReplicaRecord> shown = service.replicas().stream()
                .filter(r -> all || r.lifecycle().isLive() || r.lifecycle() == Lifecycle.FAILED)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        Table table = new Table(display, "", "llllllrrl").givingWay(INSTANCE_TYPE, ACCELERATOR);
        table.header("REPLICA", "STATE", "MARKET", "LOCATION", "TYPE", "ACCELERATOR", "PRICE", "AGE", "REASON");
        long limit = all ? Long.MAX_VALUE : MOST_REPLICAS;
        shown.stream().limit(limit).forEach(replica -> row(table, replica, now));
        table.appendTo(text.append('\n'));
        if (shown.size() > limit) {
            text.append("… and ").append(Words.grouped(shown.size() - limit)).append(" more; -all shows them\n");
        }
    }

    private static void row(Table table, ReplicaRecord replica, Instant now) {
        Offer offer = replica.offer();
        table.add(
                ReplicaState.isFailing(replica) ? Ink.REMOVED : ink(replica.lifecycle()),
                replica.name(),
                ReplicaState.name(replica),
                offer.market().word(),
                offer.location().toString(),
                offer.instanceType(),
                offer.accelerator().toString(),
                offer.price().toString(),
                Elapsed.text(Duration.between(replica.requestedAt(), now)),
                ReplicaState.reason(replica, now));
        if (replica.lifecycle() == Lifecycle.FAILED) {
            table.below(LogLines.indented(replica.logTail()));
        }
    }

    private static void zones(StringBuilder text, StatusReport report, Display display) {
        Table table = new Table(display, "", "llllrll").givingWay(ZONE_ACCELERATOR);
        table.header("ZONE", "STATUS", "MARKET", "ACCELERATOR", "FAILURES", "RETRY", "EVIDENCE");
        for (ZoneHealth zone : report.zoneHealth()) {
            Duration wait = Duration.between(report.at(), zone.retryAt());
            table.add(
                    zone.status() == ZoneHealth.Status.ACTIVE ? Ink.ADDED : Ink.CHANGED,
                    zone.location().toString(),
                    zone.status().name(),
                    zone.market().word(),
                    zone.accelerator().toString(),
                    Words.grouped(zone.failures()),
                    wait.isPositive() ? "in " + Elapsed.text(wait) : "now",
                    zone.evidence());
        }
        table.appendTo(text.append('\n'));
    }

    private static Ink ink(ServiceCondition condition) {
        return switch (condition) {
            case READY -> Ink.ADDED;
            case STARTING, DEGRADED, STOPPING, PAUSED -> Ink.CHANGED;
            case ENDED -> Ink.FAINT;
            case NO_REPLICA, FAILED -> Ink.REMOVED;
        };
    }

    private static Ink ink(Lifecycle lifecycle) {
        return switch (lifecycle) {
            case READY -> Ink.ADDED;
            case REQUESTED, PROVISIONING, STARTING, DRAINING, STOPPING -> Ink.CHANGED;
            case FAILED, PREEMPTED -> Ink.REMOVED;
            case GONE, FORGOTTEN -> Ink.FAINT;
        };
    }
}
