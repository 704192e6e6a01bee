package dev.skyhedge.state.store.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The forms of single values, and of what providers speak of: times as UTC milliseconds, money in micro-dollars.
public final class Forms {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// A text.
    public static final Form<String> TEXT = form(NODES::textNode, Forms::text);

    /// A whole number.
    public static final Form<Integer> INTEGER = form(
            NODES::numberNode,
            node -> required(node, node.isInt(), "a 32-bit number").intValue());

    /// A large whole number.
    public static final Form<Long> LONG = form(
            NODES::numberNode,
            node -> required(node, node.isIntegralNumber() && node.canConvertToLong(), "a 64-bit number")
                    .longValue());

    /// A truth value.
    public static final Form<Boolean> FLAG = form(
            NODES::booleanNode,
            node -> required(node, node.isBoolean(), "a truth value").booleanValue());

    /// A time in milliseconds; one between two of them, which no row has, as ISO 8601.
    public static final Form<Instant> TIME = new Form<>() {
        @Override
        public JsonNode write(Instant value) {
            return value.equals(cut(value)) ? NODES.numberNode(value.toEpochMilli()) : NODES.textNode(value.toString());
        }

        @Override
        public Instant read(JsonNode node) {
            try {
                return node.isTextual() ? Instant.parse(node.textValue()) : Instant.ofEpochMilli(LONG.read(node));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("Not a time: " + node, e);
            }
        }

        @Override
        public Instant cut(Instant value) {
            return value.truncatedTo(ChronoUnit.MILLIS);
        }
    };

    /// A duration in milliseconds; one between two of them, which no row has, as ISO 8601.
    public static final Form<Duration> DURATION = new Form<>() {
        @Override
        public JsonNode write(Duration value) {
            return value.equals(cut(value)) ? NODES.numberNode(value.toMillis()) : NODES.textNode(value.toString());
        }

        @Override
        public Duration read(JsonNode node) {
            try {
                return node.isTextual() ? Duration.parse(node.textValue()) : Duration.ofMillis(LONG.read(node));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("Not a duration: " + node, e);
            }
        }

        @Override
        public Duration cut(Duration value) {
            return value.truncatedTo(ChronoUnit.MILLIS);
        }
    };

    /// Texts in order.
    public static final Form<List<String>> TEXTS = form(Forms::array, Forms::texts);

    public static final Form<Accelerator> ACCELERATOR = text(Accelerator::toString, Accelerator::parse);
    public static final Form<HourlyPrice> PRICE =
            form(price -> NODES.numberNode(price.microDollars()), node -> new HourlyPrice(node.longValue()));
    public static final Form<Location> LOCATION = text(Location::toString, Location::parse);
    public static final Form<LocationPattern> LOCATIONS = text(LocationPattern::toString, LocationPattern::parse);
    public static final Form<Market> MARKET = text(Market::word, Market::parse);
    public static final Form<IdempotencyToken> TOKEN = text(IdempotencyToken::value, IdempotencyToken::new);

    private static final Form<InstanceState> INSTANCE_STATE = constant(InstanceState.class);

    public static final Form<Endpoint> ENDPOINT = Fields.of(
            f -> new Endpoint(f.field("host", Endpoint::host, TEXT), f.field("port", Endpoint::port, INTEGER)));

    public static final Form<Offer> OFFER = Fields.of(f -> new Offer(
            f.field("instance_type", Offer::instanceType, TEXT),
            f.field("accelerator", Offer::accelerator, ACCELERATOR),
            f.field("location", Offer::location, LOCATION),
            f.field("market", Offer::market, MARKET),
            f.field("price_micro_dollars", Offer::price, PRICE)));

    /// An instance that has not ended.
    public static final Form<Instance> INSTANCE = Fields.of(f -> new Instance(
            f.field("id", Instance::id, TEXT),
            f.field("offer", Instance::offer, OFFER),
            f.part(Instance::tags, Forms::tags),
            f.field("state", Instance::state, INSTANCE_STATE),
            f.optional("endpoint", Instance::endpoint, ENDPOINT),
            f.field("launched_at", Instance::launchedAt, TIME),
            Optional.empty()));

    private Forms() {}

    private static InstanceTags tags(Fields<InstanceTags> f) {
        return new InstanceTags(
                f.field("lineage", InstanceTags::lineage, TEXT),
                f.field("service", InstanceTags::service, TEXT),
                f.field("replica", InstanceTags::replica, TEXT),
                f.field("generation", InstanceTags::generation, INTEGER),
                f.field("token", InstanceTags::token, TOKEN));
    }

    /// A constant by its name.
    static <E extends Enum<E>> Form<E> constant(Class<E> type) {
        return text(Enum::name, name -> Enum.valueOf(type, name));
    }

    /// A value that is written as a text.
    static <V> Form<V> text(Function<V, String> write, Function<String, V> read) {
        return form(value -> NODES.textNode(write.apply(value)), node -> read.apply(text(node)));
    }

    private static <V> Form<V> form(Function<V, JsonNode> write, Function<JsonNode, V> read) {
        return new Form<>() {
            @Override
            public JsonNode write(V value) {
                return write.apply(value);
            }

            @Override
            public V read(JsonNode node) {
                return read.apply(node);
            }
        };
    }

    private static String text(JsonNode node) {
        return required(node, node.isTextual(), "a text").textValue();
    }

    private static JsonNode required(JsonNode node, boolean isOne, String what) {
        if (!isOne) {
            throw new IllegalArgumentException("Not " + what + ": " + node);
        }
        return node;
    }

    private static JsonNode array(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text(text)));
        return List.copyOf(texts);
    }
}
