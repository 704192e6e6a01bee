package dev.skyhedge.providers.aws.fake;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes a reply.
final class Xml {
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
    private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private final StringBuilder out = new StringBuilder();

    static String reply(String action, String requestId, Consumer<Xml> body) {
        Xml xml = new Xml();
        xml.out.append(HEADER);
        xml.out
                .append('<')
                .append(action)
                .append("Response xmlns=\"")
                .append(NAMESPACE)
                .append("\">");
        xml.text("requestId", requestId);
        body.accept(xml);
        xml.out.append("</").append(action).append("Response>\n");
        return xml.out.toString();
    }

    static String error(String code, String message, String requestId) {
        Xml xml = new Xml();
        xml.out.append(HEADER);
        xml.element("Response", response -> {
            response.element(
                    "Errors",
                    errors -> errors.element("Error", error -> {
                        error.text("Code", code);
                        error.text("Message", message);
                    }));
            response.text("RequestID", requestId);
        });
        return xml.out.toString();
    }

    Xml text(String name, Object value) {
        out.append('<').append(name).append('>');
        escape(value instanceof Instant time ? millis(time) : value.toString());
        out.append("</").append(name).append('>');
        return this;
    }

    Xml text(String name, Optional<?> value) {
        value.ifPresent(there -> text(name, (Object) there));
        return this;
    }

    Xml element(String name, Consumer<Xml> body) {
        out.append('<').append(name).append('>');
        body.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    <T> Xml list(String name, Collection<T> items, BiConsumer<Xml, T> item) {
        return element(name, list -> items.forEach(one -> list.element("item", xml -> item.accept(xml, one))));
    }

    Xml tags(Map<String, String> tags) {
        return list(
                "tagSet",
                tags.entrySet(),
                (xml, tag) -> xml.text("key", tag.getKey()).text("value", tag.getValue()));
    }

    private static String millis(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
