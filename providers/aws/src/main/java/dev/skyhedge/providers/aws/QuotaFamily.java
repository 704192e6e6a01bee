package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Market;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// The families of machine types whose vCPUs EC2 counts together, spot apart from on-demand. The codes are the same in
/// all regions and accounts; families that are not here limit nothing that is offered. Which spot quota newer machines
/// of the P family count against is not published.
enum QuotaFamily {
    STANDARD("L-1216C47A", Market.ON_DEMAND, "[acdhimrtz]\\d.*"),
    GRAPHICS("L-DB2E81BA", Market.ON_DEMAND, "(g|gr|vt)\\d.*"),
    P("L-417A185B", Market.ON_DEMAND, "p\\d.*"),
    STANDARD_SPOT("L-34B43A08", Market.SPOT, "[acdhimrtz]\\d.*"),
    GRAPHICS_SPOT("L-3819A6DF", Market.SPOT, "(g|gr|vt)\\d.*"),
    P4_SPOT("L-7212CCBC", Market.SPOT, "p[234]\\D.*"),
    P5_SPOT("L-C4BD4855", Market.SPOT, "p5\\D.*");

    private final String code;
    private final Market market;
    private final Pattern types;

    QuotaFamily(String code, Market market, String types) {
        this.code = code;
        this.market = market;
        this.types = Pattern.compile(types);
    }

    Market market() {
        return market;
    }

    /// The family that a quota is of.
    static Optional<QuotaFamily> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }

    /// Whether a machine type counts.
    boolean holds(String type) {
        return types.matcher(type).matches();
    }
}
