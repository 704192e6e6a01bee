package dev.skyhedge.specs.syntax;

/// What the literal text of templates stands for.
final class StringEscapes {
    private StringEscapes() {}

    /// `$${` is `${`, `%%{` is `%{`; backslashes mean nothing.
    static String heredoc(String text) {
        return text.replace("$${", "${").replace("%%{", "%{");
    }

    static String quoted(TokenCursor tokens, Token token) {
        String text = tokens.text(token);
        if (text.indexOf('\\') < 0) {
            return heredoc(text);
        }
        StringBuilder unescaped = new StringBuilder(text.length());
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
            unescaped.append(heredoc(text.substring(from, at)));
            from = escape(tokens, token, text, at, unescaped);
        }
        return unescaped.append(heredoc(text.substring(from))).toString();
    }

    /// Appends what the escape at that index stands for.
    ///
    /// @return index after it
    private static int escape(TokenCursor tokens, Token token, String text, int at, StringBuilder unescaped) {
        int letter = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        switch (letter) {
            case 'n' -> unescaped.append('\n');
            case 'r' -> unescaped.append('\r');
            case 't' -> unescaped.append('\t');
            case '"' -> unescaped.append('"');
            case '\\' -> unescaped.append('\\');
            case 'u', 'U' -> {
                int end = at + (letter == 'u' ? 6 : 10);
                unescaped.appendCodePoint(codePoint(tokens, token, text, at, end));
                return end;
            }
            default ->
                throw invalid(
                        tokens,
                        token,
                        at,
                        Math.min(at + 2, text.length()),
                        "A backslash starts one of \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN. For a backslash itself write \\\\.");
        }
        return at + 2;
    }

    private static int codePoint(TokenCursor tokens, Token token, String text, int at, int end) {
        String digits = end <= text.length() ? text.substring(at + 2, end) : "";
        boolean hex = !digits.isEmpty() && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        long code = hex ? Long.parseLong(digits, 16) : -1;
        if (code < 0 || code > Character.MAX_CODE_POINT || (code >= 0xd800 && code <= 0xdfff)) {
            throw invalid(
                    tokens,
                    token,
                    at,
                    Math.min(end, text.length()),
                    "\\u takes four and \\U eight hexadecimal digits of a Unicode character, which a surrogate is not.");
        }
        return (int) code;
    }

    private static SyntaxException invalid(TokenCursor tokens, Token token, int from, int to, String detail) {
        return tokens.error(tokens.range(token.from() + from, token.from() + to), "Invalid escape sequence", detail);
    }
}
