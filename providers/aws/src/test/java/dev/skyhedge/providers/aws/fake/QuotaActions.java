package dev.skyhedge.providers.aws.fake;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Service Quotas: vCPUs by family and market, as an account has them that has asked for the G family only. What is not
/// asked for is 0, or next to nothing; there are many more, which are of no interest.
final class QuotaActions {
    private static final Pattern TOKEN = Pattern.compile("\"NextToken\":\"page-(\\d{1,3})\"");
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":");
    private static final int PAGE = 5;
    private static final List<String> MEMBERS = List.of("ServiceCode", "MaxResults", "NextToken");

    /// A quota.
    ///
    /// @param types the machine types that count, as a pattern
    record Quota(String code, String name, boolean spot, String types, int vcpus) {}

    static final List<Quota> ALL = List.of(
            new Quota("L-88CF9481", "All F Spot Instance Requests", true, "f\\d.*", 0),
            new Quota("L-3819A6DF", "All G and VT Spot Instance Requests", true, "(g|gr|vt)\\d.*", 100_000),
            new Quota("L-B5D1601B", "All Inf Spot Instance Requests", true, "inf\\d.*", 0),
            new Quota("L-7212CCBC", "All P4, P3 and P2 Spot Instance Requests", true, "p[234]\\D.*", 0),
            new Quota("L-C4BD4855", "All P5 Spot Instance Requests", true, "p5\\D.*", 0),
            new Quota(
                    "L-34B43A08",
                    "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests",
                    true,
                    "[acdhimrtz]\\d.*",
                    1152),
            new Quota("L-0263D0A3", "EC2-VPC Elastic IPs", false, "-", 5),
            new Quota("L-74FC7D96", "Running On-Demand F instances", false, "f\\d.*", 0),
            new Quota("L-DB2E81BA", "Running On-Demand G and VT instances", false, "(g|gr|vt)\\d.*", 100_000),
            new Quota("L-417A185B", "Running On-Demand P instances", false, "p\\d.*", 0),
            new Quota(
                    "L-1216C47A",
                    "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
                    false,
                    "[acdhimrtz]\\d.*",
                    1152));

    private QuotaActions() {}

    static String list(String asked, String region, Market market) {
        String body = asked.replaceAll("\\s", "");
        Matcher members = MEMBER.matcher(body);
        while (members.find()) {
            if (!MEMBERS.contains(members.group(1))) {
                throw Ec2Error.badRequest("IllegalArgumentException", "Unknown member " + members.group(1));
            }
        }
        if (!body.contains("\"ServiceCode\":\"ec2\"")) {
            throw Ec2Error.badRequest(
                    "NoSuchResourceException", "The request failed because there is no such service.");
        }
        Matcher token = TOKEN.matcher(body);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        int to = Math.min(ALL.size(), from + PAGE);
        StringBuilder reply = new StringBuilder("{\"Quotas\":[");
        for (Quota quota : ALL.subList(from, to)) {
            reply.append(reply.charAt(reply.length() - 1) == '[' ? "" : ",")
                    .append("{\"ServiceCode\":\"ec2\",\"QuotaCode\":\"%s\",\"QuotaName\":\"%s\","
                            .formatted(quota.code(), quota.name()))
                    .append("\"Value\":%.1f,\"Unit\":\"None\",\"Adjustable\":true,\"GlobalQuota\":false}"
                            .formatted((double) market.vcpus(region, quota)));
        }
        reply.append(']');
        return reply.append(to < ALL.size() ? ",\"NextToken\":\"page-" + to + "\"}" : "}")
                .toString();
    }

    /// The vCPUs that count against each quota.
    static SortedMap<String, Integer> used(Iterable<Machine> machines) {
        SortedMap<String, Integer> used = new TreeMap<>();
        for (Machine machine : machines) {
            for (Quota quota : ALL) {
                if (machine.isLive()
                        && machine.isSpot() == quota.spot()
                        && machine.order.type().name().matches(quota.types())) {
                    used.merge(quota.code(), machine.order.type().vcpus(), Integer::sum);
                }
            }
        }
        return used;
    }
}
