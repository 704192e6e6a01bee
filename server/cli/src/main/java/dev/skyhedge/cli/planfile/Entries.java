package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.engine.plan.PlanOptions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A plan file as named texts and back.
final class Entries {
    static final String PLAN = "plan.json";
    static final String WORLD = "world.json";
    static final String SPEC = "spec/";

    private Entries() {}

    static SequencedMap<String, String> of(PlanFile file) {
        ObjectNode node = Json.object()
                .put("created_at", file.createdAt().toString())
                .put("engine_version", file.engineVersion());
        ObjectNode options = node.putObject("options");
        Json.putTexts(options, "targets", new TreeSet<>(file.options().targets()));
        Json.putTexts(options, "replace", new TreeSet<>(file.options().replace()));
        options.put("destroy", file.options().destroy());
        ObjectNode variables = node.putObject("variables");
        file.variables().forEach(variables::put);
        Json.putTexts(node, "sensitive_variables", file.sensitiveVariables());
        node.put("directory", file.files().directory());
        ObjectNode files = node.putObject("files");
        file.files().hashes().forEach(files::put);
        node.set("plan", PlanJson.write(file.plan()));

        SequencedMap<String, String> entries = new LinkedHashMap<>();
        entries.put(PLAN, node.toString());
        entries.put(WORLD, WorldJson.write(file.world()));
        file.sources().forEach((name, text) -> entries.put(SPEC + name, text));
        return entries;
    }

    /// @throws IllegalArgumentException if they are not those of a plan file
    static PlanFile read(SequencedMap<String, String> entries) {
        JsonNode node = Json.parse(required(entries, PLAN));
        JsonNode options = node.required("options");
        SequencedMap<String, String> sources = new LinkedHashMap<>();
        entries.forEach((name, text) -> {
            if (name.startsWith(SPEC)) {
                sources.put(name.substring(SPEC.length()), text);
            }
        });
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        JsonNode given = node.required("variables");
        given.fieldNames().forEachRemaining(name -> variables.put(name, Json.text(given, name)));
        return new PlanFile(
                Json.time(node, "created_at"),
                Json.text(node, "engine_version"),
                PlanJson.read(node.required("plan")),
                new PlanOptions(
                        new LinkedHashSet<>(Json.texts(options, "targets")),
                        new LinkedHashSet<>(Json.texts(options, "replace")),
                        Json.bool(options, "destroy")),
                WorldJson.read(required(entries, WORLD)),
                sources,
                files(node),
                variables,
                new LinkedHashSet<>(Json.texts(node, "sensitive_variables")));
    }

    /// Plans of the first version have none.
    private static FilesSeen files(JsonNode node) {
        JsonNode files = node.path("files");
        SortedMap<String, String> hashes = new TreeMap<>();
        files.fieldNames().forEachRemaining(name -> hashes.put(name, Json.text(files, name)));
        return new FilesSeen(node.path("directory").asText("."), hashes);
    }

    private static String required(SequencedMap<String, String> entries, String name) {
        String text = entries.get(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }
}
