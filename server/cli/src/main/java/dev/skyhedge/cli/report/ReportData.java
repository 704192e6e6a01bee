package dev.skyhedge.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skyhedge.cli.report.Course.Point;
import dev.skyhedge.engine.simulate.event.EventOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The numbers that the page's charts are drawn from, as compact JSON: of a large simulation only as much
/// as charts can show, so that the page stays small. What was left out is counted.
final class ReportData {
    /// Windows whose courses can be looked at.
    static final int MAX_WINDOWS = 20;
    /// Numbers of all courses together, about; some 5 bytes each.
    private static final int MAX_POINTS = 480_000;
    /// No chart is wider, in changes.
    private static final int MAX_POINTS_OF_COURSE = 1_400;
    /// With fewer a course says nothing.
    private static final int MIN_POINTS_OF_COURSE = 48;
    /// Things that happened, in all; some 50 bytes each.
    private static final int MAX_HAPPENINGS = 24_000;

    private static final MathContext PRECISION = new MathContext(6);

    private final Showing showing;
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;
    private final Map<String, Integer> words = new LinkedHashMap<>();
    private final int pointsOfCourse;
    private final int happeningsOfRun;
    private boolean isThinned;
    private long happened;
    private long told;

    private ReportData(Showing showing) throws IOException {
        this.showing = showing;
        this.json = new JsonFactory().createGenerator(text);
        int windows = Math.min(MAX_WINDOWS, showing.windows().size());
        int runs = windows * showing.policies().size();
        int zones = showing.windows().getFirst().zones().size();
        int courses = Math.max(1, runs * (2 * zones + 4) + windows * (zones + 2));
        this.pointsOfCourse = Math.clamp(MAX_POINTS / 2 / courses, MIN_POINTS_OF_COURSE, MAX_POINTS_OF_COURSE);
        this.happeningsOfRun = MAX_HAPPENINGS / Math.max(1, runs);
    }

    /// Cannot end the script element that it stands in.
    static String of(Showing showing) {
        try {
            return new ReportData(showing).write().replace("<", "\\u003c");
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
    }

    private String write() throws IOException {
        json.writeStartObject();
        json.writeNumberField("seconds", number(showing.seconds()));
        json.writeFieldName("shares");
        numbers(EventOutcome.Latency.SHARES);
        json.writeArrayFieldStart("policies");
        for (Showing.Policy policy : showing.policies()) {
            policy(policy);
        }
        json.writeEndArray();
        if (showing.meanBound().isPresent()) {
            json.writeNumberField("bound", number(showing.meanBound().get()));
        } else {
            json.writeNullField("bound");
        }
        json.writeArrayFieldStart("windows");
        for (Showing.Window window :
                showing.windows().stream().limit(MAX_WINDOWS).toList()) {
            window(window);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("words");
        for (String word : words.keySet()) {
            json.writeString(word);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("left_out");
        json.writeNumberField("windows", Math.max(0, showing.windows().size() - MAX_WINDOWS));
        json.writeNumberField("part_seconds", isThinned ? number(2 * showing.seconds() / pointsOfCourse) : number(0));
        json.writeNumberField("happenings", happened - told);
        json.writeEndObject();
        json.writeEndObject();
        json.close();
        return text.toString();
    }

    private void policy(Showing.Policy policy) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", policy.name());
        json.writeBooleanField("ours", policy.isOurs());
        interval("full", policy.full());
        interval("cost", policy.cost());
        if (policy.latency().isPresent()) {
            Showing.Latency latency = policy.latency().get();
            json.writeObjectFieldStart("latency");
            json.writeNumberField("p50", number(latency.p50()));
            json.writeNumberField("p90", number(latency.p90()));
            json.writeNumberField("p99", number(latency.p99()));
            json.writeNumberField("failed", number(latency.failed()));
            json.writeFieldName("quantiles");
            numbers(latency.quantiles());
            json.writeEndObject();
        } else {
            json.writeNullField("latency");
        }
        json.writeEndObject();
    }

    private void interval(String name, List<Double> values) throws IOException {
        ConfidenceInterval interval = ConfidenceInterval.of(values);
        json.writeFieldName(name);
        numbers(List.of(
                interval.mean(),
                Math.max(0, interval.mean() - interval.halfWidth()),
                interval.mean() + interval.halfWidth()));
    }

    private void window(Showing.Window window) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", window.name());
        json.writeArrayFieldStart("zones");
        for (String zone : window.zones()) {
            json.writeString(zone);
        }
        json.writeEndArray();
        steps("capacity", window.capacity());
        line("all", window.allOnDemand());
        if (window.bound().isPresent()) {
            line("bound", window.bound().get());
        } else {
            json.writeNullField("bound");
        }
        if (window.totalUsd().isPresent()) {
            json.writeNumberField("usd", number(window.totalUsd().get()));
        }
        json.writeArrayFieldStart("runs");
        for (Showing.Run run : window.runs()) {
            run(run);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void run(Showing.Run run) throws IOException {
        json.writeStartObject();
        steps("target", run.target());
        steps("spotHeld", run.spotHeld());
        steps("spotReady", run.spotReady());
        steps("onDemandHeld", run.onDemandHeld());
        steps("onDemandReady", run.onDemandReady());
        line("cost", run.cost());
        json.writeArrayFieldStart("happened");
        for (Showing.Happening one : kept(run.happened())) {
            json.writeStartArray();
            json.writeNumber(number(one.from()));
            json.writeNumber(number(one.to()));
            json.writeNumber(one.times());
            for (String word : List.of(one.replica(), one.what(), one.where(), one.reason())) {
                json.writeNumber(words.computeIfAbsent(word, _ -> words.size()));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// All of them if they are few enough; else without what is minor, and of the rest every so many.
    private List<Showing.Happening> kept(List<Showing.Happening> all) {
        happened += all.size();
        List<Showing.Happening> kept = all.size() <= happeningsOfRun
                ? all
                : all.stream().filter(one -> !one.isMinor()).toList();
        if (kept.size() > happeningsOfRun) {
            List<Showing.Happening> some = new ArrayList<>();
            for (int i = 0; i < happeningsOfRun; i++) {
                some.add(kept.get((int) ((long) i * kept.size() / happeningsOfRun)));
            }
            kept = some;
        }
        told += kept.size();
        return kept;
    }

    private void steps(String name, List<Course> courses) throws IOException {
        json.writeArrayFieldStart(name);
        for (Course course : courses) {
            points(course.thinnedSteps(pointsOfCourse, showing.seconds()), course);
        }
        json.writeEndArray();
    }

    private void steps(String name, Course course) throws IOException {
        json.writeFieldName(name);
        points(course.thinnedSteps(pointsOfCourse, showing.seconds()), course);
    }

    private void line(String name, Course course) throws IOException {
        json.writeFieldName(name);
        Course line = course.thinnedLine(pointsOfCourse);
        points(line, line);
    }

    private void points(Course thinned, Course all) throws IOException {
        isThinned |= thinned.points().size() < all.points().size();
        json.writeStartArray();
        for (Point point : thinned.points()) {
            json.writeNumber(number(point.seconds()));
            json.writeNumber(number(point.value()));
        }
        json.writeEndArray();
    }

    private void numbers(List<Double> values) throws IOException {
        json.writeStartArray();
        for (double value : values) {
            json.writeNumber(number(value));
        }
        json.writeEndArray();
    }

    /// As short as it may be.
    private static BigDecimal number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(PRECISION).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
