package dev.skyhedge.cli.view.providers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.spi.Finding;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `doctor` found, by provider.
///
/// @param findings of each provider, in its order
public record DoctorReport(SortedMap<String, List<Finding>> findings) {
    private static final String FORMAT_VERSION = "1.0";

    public DoctorReport {
        findings = Collections.unmodifiableSortedMap(new TreeMap<>(findings));
    }

    /// @param findings by provider
    public DoctorReport(Map<String, List<Finding>> findings) {
        this(new TreeMap<>(findings));
    }

    /// Whether there is no problem.
    public boolean isGood() {
        return findings.values().stream().flatMap(List::stream).noneMatch(Finding.Bad.class::isInstance);
    }

    /// For people.
    public String text(Display display) {
        if (findings.isEmpty()) {
            return "No provider is installed, or none is named.";
        }
        var text = new StringBuilder();
        findings.forEach((provider, found) -> {
            text.append(display.paint(Ink.STRONG, provider)).append('\n');
            var table = new Table(display, "  ", "lll");
            for (Finding finding : found) {
                switch (finding) {
                    case Finding.Good good -> table.add(Ink.ADDED, "ok", good.subject(), good.detail());
                    case Finding.Notable notable -> {
                        table.add(Ink.CHANGED, "note", notable.subject(), notable.detail());
                        table.below(display.wrap("           " + notable.remedy(), "           ") + "\n");
                    }
                    case Finding.Bad bad -> {
                        table.add(Ink.REMOVED, "problem", bad.subject(), bad.detail());
                        table.below(display.wrap("           " + bad.remedy(), "           ") + "\n");
                    }
                }
            }
            table.appendTo(text);
        });
        return text.toString();
    }

    /// For programs.
    public String json() {
        ObjectNode root = Json.object().put("format_version", FORMAT_VERSION).put("ok", isGood());
        ArrayNode providers = root.putArray("providers");
        findings.forEach((provider, found) -> {
            ArrayNode list = providers.addObject().put("name", provider).putArray("findings");
            for (Finding finding : found) {
                ObjectNode node = list.addObject();
                switch (finding) {
                    case Finding.Good good -> node.put("status", "ok");
                    case Finding.Notable notable -> node.put("status", "note").put("remedy", notable.remedy());
                    case Finding.Bad bad -> node.put("status", "problem").put("remedy", bad.remedy());
                }
                node.put("subject", finding.subject()).put("detail", finding.detail());
            }
        });
        return Json.pretty(root);
    }
}
