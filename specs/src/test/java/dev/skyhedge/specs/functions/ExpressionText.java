package dev.skyhedge.specs.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Generates expressions, most of them of fitting types. Leaves out what is known to differ: division (last
/// digits), `&&` and `||` (short circuits), negative zero. In a pattern `N S B L M A` stand for a number, a
/// string, a bool, a list, a map and anything.
public final class ExpressionText {
    private static final int FITTING = 19;
    private static final Map<Character, List<String>> LEAVES = Map.of(
            'N', List.of("0", "1", "2.5", "10", "3", "var.n", "\"7\"", "1e3"),
            'S',
                    List.of(
                            "\"a\"",
                            "\"é b\"",
                            "\"1\"",
                            "\"true\"",
                            "\"\"",
                            "var.s",
                            "\"a,b,,c\"",
                            "\"x\\ny\\n\"",
                            "\"Abc\""),
            'B', List.of("true", "false", "\"true\""),
            'L',
                    List.of(
                            "[]",
                            "var.l",
                            "[\"b\",\"a\",\"b\"]",
                            "[3,1,2,1]",
                            "[[1,2],[3]]",
                            "toset([\"y\",\"x\"])",
                            "[1,\"1\",true]",
                            "tolist([2,10])",
                            "[null,\"\"]",
                            "var.objs",
                            "[true,false]"),
            'M', List.of("{}", "var.m", "{a=1,b=\"x\"}", "tomap({k=\"v\"})", "{us=[1],eu=[2,3]}", "{a={c=1}}"),
            'A', List.of("null"));
    private static final Map<Character, List<String>> PATTERNS = Map.of(
            'N',
                    List.of(
                            "(N) + (N)",
                            "(N) - (1)",
                            "(N) * (N)",
                            "(N) % (3)",
                            "abs(N)",
                            "ceil(N)",
                            "floor(N)",
                            "signum(N)",
                            "max(N, N)",
                            "min(N, N)",
                            "length(L)",
                            "length(S)",
                            "length(M)",
                            "sum(L)",
                            "floor((N) / (3) * (3))",
                            "index(L, A)",
                            "tonumber(S)",
                            "(B) ? (N) : (N)",
                            "parseint(S, 16)",
                            "element(L, N)",
                            "one(L)",
                            "try(A, N)"),
            'S',
                    List.of(
                            "upper(S)",
                            "upper(var.objs[*].r)",
                            "try(\"${L}\", S)",
                            "\"${(L)[*].r}\"",
                            "lower(S)",
                            "title(S)",
                            "strrev(S)",
                            "chomp(S)",
                            "trimspace(S)",
                            "trim(S, S)",
                            "trimprefix(S, S)",
                            "trimsuffix(S, S)",
                            "indent(2, S)",
                            "join(S, L)",
                            "replace(S, S, S)",
                            "replace(S, \"/[a-c]+/\", S)",
                            "substr(S, N, N)",
                            "substr(S, -2, 1)",
                            "tostring(N)",
                            "tostring(B)",
                            "\"<${S}>\"",
                            "\"${N}${B}\"",
                            "jsonencode(A)",
                            "base64encode(S)",
                            "base64decode(base64encode(S))",
                            "urlencode(S)",
                            "md5(S)",
                            "sha256(S)",
                            "format(\"%s-%v\", S, N)",
                            "format(\"%5.2f|%q\", N, S)",
                            "format(\"%v\", L)",
                            "(B) ? (S) : (S)",
                            "coalesce(S, S)",
                            "regex(\"[a-z]+\", S)",
                            "yamlencode(N)",
                            "lookup(M, S, S)",
                            "\"%{ if B }${S}%{ else }n%{ endif }\"",
                            "\"%{ for x in L }${x},%{ endfor }\""),
            'B',
                    List.of(
                            "(N) < (N)",
                            "(N) >= (N)",
                            "(A) == (A)",
                            "(A) != (A)",
                            "(L) == (L)",
                            "(S) == (S)",
                            "!(B)",
                            "contains(L, A)",
                            "startswith(S, S)",
                            "endswith(S, S)",
                            "strcontains(S, S)",
                            "alltrue(L)",
                            "anytrue(L)",
                            "can(A)",
                            "tobool(S)"),
            'L',
                    List.of(
                            "[A, A]",
                            "[N, N, N]",
                            "[S, S]",
                            "[L, L]",
                            "distinct(L)",
                            "reverse(L)",
                            "sort(L)",
                            "concat(L, L)",
                            "flatten(L)",
                            "compact(L)",
                            "split(S, S)",
                            "keys(M)",
                            "values(M)",
                            "slice(L, 0, 1)",
                            "chunklist(L, 2)",
                            "setunion(L, L)",
                            "setintersection(L, L)",
                            "setsubtract(L, L)",
                            "setproduct(L, L)",
                            "tolist(L)",
                            "toset(L)",
                            "(B) ? (L) : (L)",
                            "[for v in L : v]",
                            "[for k, v in M : k]",
                            "[for k, v in L : \"${k}\"]",
                            "[for v in L : v if v != null]",
                            "[for v in L : [v]]",
                            "(L)[*]",
                            "var.objs[*].id",
                            "(L)[*].r",
                            "(L).*.id",
                            "(L).*.0",
                            "(L)[*][S]",
                            "[L, L].*.0",
                            "range(N)",
                            "coalescelist(L, L)",
                            "formatlist(\"%v!\", L)",
                            "regexall(\"[a-z]\", S)",
                            "matchkeys(L, L, L)",
                            "jsondecode(jsonencode(L))",
                            "yamldecode(yamlencode(L))"),
            'M',
                    List.of(
                            "{a = A, b = A}",
                            "{a = N}",
                            "{(S) = A}",
                            "merge(M, M)",
                            "zipmap(L, L)",
                            "tomap(M)",
                            "(B) ? (M) : (M)",
                            "{for k, v in M : k => v}",
                            "{for v in L : v => v...}",
                            "{for i, v in L : i => v}",
                            "transpose(M)",
                            "jsondecode(jsonencode(M))",
                            "yamldecode(yamlencode(M))"),
            'A',
                    List.of(
                            "(L)[0]",
                            "(M)[S]",
                            "(L)[N]",
                            "try((L)[N], A)",
                            "(B) ? (A) : (A)",
                            "coalesce(A, A)",
                            "lookup(M, S)"));

    private final Map<String, Arbitrary<String>> made = new HashMap<>();
    private final Map<Character, List<String>> leaves;

    ExpressionText() {
        this(Map.of());
    }

    /// @param more leaves besides the usual ones
    public ExpressionText(Map<Character, List<String>> more) {
        leaves = new HashMap<>(LEAVES);
        more.forEach((kind, texts) -> leaves.merge(
                kind,
                texts,
                (usual, added) -> Stream.concat(usual.stream(), added.stream()).toList()));
    }

    /// Expressions that are so many calls and operators deep at most.
    public Arbitrary<String> any(int depth) {
        return Arbitraries.of('N', 'S', 'B', 'L', 'M', 'A').flatMap(kind -> of(kind, depth));
    }

    private Arbitrary<String> of(char kind, int depth) {
        String key = kind + ":" + depth;
        Arbitrary<String> known = made.get(key);
        if (known == null) {
            known = make(kind, depth);
            made.put(key, known);
        }
        return known;
    }

    private Arbitrary<String> make(char kind, int depth) {
        Arbitrary<String> leaf = Arbitraries.of(leaves.getOrDefault(kind, List.of()));
        Arbitrary<String> own = depth == 0
                ? leaf
                : Arbitraries.frequencyOf(
                        Tuple.of(1, leaf),
                        Tuple.of(
                                3,
                                Arbitraries.of(PATTERNS.getOrDefault(kind, List.of()))
                                        .flatMap(pattern -> filled(pattern, depth - 1))));
        Arbitrary<String> other = Arbitraries.of(
                leaves.values().stream().flatMap(List::stream).sorted().toList());
        return Arbitraries.frequencyOf(Tuple.of(FITTING, own), Tuple.of(kind == 'A' ? FITTING : 1, other));
    }

    /// Capital letters that stand alone are places to fill.
    private Arbitrary<String> filled(String pattern, int depth) {
        List<Arbitrary<String>> parts = new ArrayList<>();
        for (String part :
                pattern.split("(?<![A-Za-z%])(?=[NSBLMA](?![A-Za-z]))|(?<=(?<![A-Za-z%])[NSBLMA])(?![A-Za-z])")) {
            boolean place = part.length() == 1 && LEAVES.containsKey(part.charAt(0));
            parts.add(place ? of(part.charAt(0), depth) : Arbitraries.just(part));
        }
        return Combinators.combine(parts).as(texts -> String.join("", texts));
    }
}
