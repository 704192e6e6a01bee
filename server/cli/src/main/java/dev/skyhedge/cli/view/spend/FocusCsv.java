package dev.skyhedge.cli.view.spend;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.RentedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Spend in the columns of FOCUS 1.0 (FinOps Open Cost and Usage Specification), so that it can stand beside the bills
/// of the clouds. It is what machines cost at the prices that were said, not an invoice: discounts, taxes, disks and
/// traffic are not in it. What FOCUS has no column for is in columns that begin with `x_`.
public final class FocusCsv {
    private static final BigDecimal MILLIS_AN_HOUR = BigDecimal.valueOf(3_600_000);
    private static final int HOUR_DIGITS = 6;
    private static final String HOURS = "Hours";
    private static final CsvMapper MAPPER = new CsvMapper();

    /// One column.
    private record Column(String name, Function<Charge, Object> value) {}

    private final List<Column> columns;

    /// @param accounts account of each cloud, where it is known
    private FocusCsv(Map<String, String> accounts) {
        Function<Charge, Object> cost = charge -> Dollars.usd(charge.microDollars());
        Function<Charge, Object> account = charge -> accounts.getOrDefault(cloud(charge), cloud(charge));
        columns = List.of(
                column("AvailabilityZone", charge -> text(charge.location().map(Location::zone))),
                column("BilledCost", cost),
                column("BillingAccountId", account),
                column("BillingAccountName", account),
                column("BillingCurrency", _ -> "USD"),
                column("BillingPeriodEnd", charge -> month(charge, 1)),
                column("BillingPeriodStart", charge -> month(charge, 0)),
                column("ChargeCategory", _ -> "Usage"),
                column("ChargeClass", _ -> ""),
                column("ChargeDescription", FocusCsv::description),
                column("ChargeFrequency", _ -> "Usage-Based"),
                column("ChargePeriodEnd", charge -> time(charge.until())),
                column("ChargePeriodStart", charge -> time(charge.from())),
                column("CommitmentDiscountCategory", _ -> ""),
                column("CommitmentDiscountId", _ -> ""),
                column("CommitmentDiscountName", _ -> ""),
                column("CommitmentDiscountStatus", _ -> ""),
                column("CommitmentDiscountType", _ -> ""),
                column("ConsumedQuantity", FocusCsv::hours),
                column("ConsumedUnit", _ -> HOURS),
                column("ContractedCost", cost),
                column("ContractedUnitPrice", FocusCsv::price),
                column("EffectiveCost", cost),
                column("InvoiceIssuerName", FocusCsv::cloud),
                column("ListCost", cost),
                column("ListUnitPrice", FocusCsv::price),
                column("PricingCategory", charge -> charge.market() == Market.SPOT ? "Dynamic" : "Standard"),
                column("PricingQuantity", FocusCsv::hours),
                column("PricingUnit", _ -> HOURS),
                column("ProviderName", FocusCsv::cloud),
                column("PublisherName", FocusCsv::cloud),
                column("RegionId", charge -> text(charge.location().map(Location::region))),
                column("RegionName", charge -> text(charge.location().map(Location::region))),
                column("ResourceId", charge -> text(charge.entry().rented().flatMap(RentedTime::instanceId))),
                column("ResourceName", Charge::replica),
                column("ResourceType", _ -> "Virtual machine"),
                column("ServiceCategory", _ -> "Compute"),
                column("ServiceName", _ -> "Virtual machines"),
                column("SkuId", charge -> text(charge.entry().rented().map(RentedTime::instanceType))),
                column("SkuPriceId", _ -> ""),
                column("SubAccountId", _ -> ""),
                column("SubAccountName", _ -> ""),
                column("Tags", FocusCsv::tags),
                column("x_Accelerator", SpendBy.ACCELERATOR::of),
                column("x_Market", SpendBy.MARKET::of),
                column("x_Service", SpendBy.SERVICE::of),
                column("x_Use", SpendBy.USE::of));
    }

    private static Column column(String name, Function<Charge, Object> value) {
        return new Column(name, value);
    }

    /// A header and a line for each charge; ends with a newline.
    ///
    /// @param accounts account of each cloud, where it is known
    public static String render(Charges charges, Map<String, String> accounts) {
        List<Column> columns = new FocusCsv(accounts).columns;
        CsvSchema.Builder schema = CsvSchema.builder();
        columns.forEach(column -> schema.addColumn(column.name()));
        List<List<Object>> rows = charges.rented().stream()
                .map(charge -> columns.stream()
                        .map(column -> column.value().apply(charge))
                        .toList())
                .toList();
        try {
            return MAPPER.writer(schema.build().withHeader().withLineSeparator("\n"))
                    .writeValueAsString(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("Text is written into memory", e);
        }
    }

    private static String text(Optional<String> known) {
        return known.orElse("");
    }

    private static String cloud(Charge charge) {
        return SpendBy.CLOUD.of(charge);
    }

    /// Times are to the second.
    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String month(Charge charge, int later) {
        return YearMonth.from(charge.from().atOffset(ZoneOffset.UTC))
                .plusMonths(later)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toString();
    }

    private static BigDecimal hours(Charge charge) {
        return BigDecimal.valueOf(charge.time().toMillis())
                .divide(MILLIS_AN_HOUR, HOUR_DIGITS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }

    private static Object price(Charge charge) {
        return charge.isOfMany() ? "" : Dollars.usd(charge.entry().price().microDollars());
    }

    private static String description(Charge charge) {
        String who = charge.isOfMany() ? "earlier replicas of " + charge.entry().service() : charge.replica();
        return who + ", " + SpendBy.USE.text(SpendBy.USE.of(charge)) + ": "
                + SpendBy.TYPE.of(charge) + " (" + SpendBy.ACCELERATOR.of(charge) + "), "
                + SpendBy.MARKET.text(SpendBy.MARKET.of(charge));
    }

    private static String tags(Charge charge) {
        return Json.line(Json.object()
                .put("skyhedge:service", charge.entry().service())
                .put("skyhedge:use", SpendBy.USE.of(charge)));
    }
}
