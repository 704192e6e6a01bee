package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.Token.Kind;

/// Scans numbers and names.
final class WordScanner {
    private final Scan scan;

    WordScanner(Scan scan) {
        this.scan = scan;
    }

    void number() {
        int from = scan.at;
        int end = digits(scan.at);
        if (scan.charAt(end) == '.' && Letters.isDigit(scan.charAt(end + 1))) {
            end = digits(end + 1);
        }
        if (scan.charAt(end) == 'e' || scan.charAt(end) == 'E') {
            int exponent = scan.charAt(end + 1) == '+' || scan.charAt(end + 1) == '-' ? end + 2 : end + 1;
            end = Letters.isDigit(scan.charAt(exponent)) ? digits(exponent) : end;
        }
        scan.at = end;
        scan.tokens.add(new Token(Kind.NUMBER, from, end));
        if (end < scan.text.length() && Letters.isStart(scan.text.codePointAt(end))) {
            while (scan.at < scan.text.length() && Letters.isPart(scan.text.codePointAt(scan.at))) {
                scan.at += Character.charCount(scan.text.codePointAt(scan.at));
            }
            scan.error(
                    from,
                    scan.at,
                    "Invalid number",
                    "A number has digits, maybe a fraction and an exponent, and nothing else: no 0x, no _ and no units."
                            + " Values with units are strings, such as \"5m\".");
            scan.tokens.add(new Token(Kind.INVALID, end, scan.at));
        }
    }

    private int digits(int from) {
        int end = from;
        while (Letters.isDigit(scan.charAt(end))) {
            end++;
        }
        return end;
    }

    void identifier() {
        int from = scan.at;
        while (scan.at < scan.text.length() && Letters.isPart(scan.text.codePointAt(scan.at))) {
            scan.at += Character.charCount(scan.text.codePointAt(scan.at));
        }
        scan.tokens.add(new Token(Kind.IDENTIFIER, from, scan.at));
    }
}
