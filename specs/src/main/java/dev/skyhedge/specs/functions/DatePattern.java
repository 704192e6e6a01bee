package dev.skyhedge.specs.functions;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/// A pattern of `formatdate`: runs of a letter are fields, text between single quotes and what is no letter
/// stands for itself.
///
/// @param pattern the text
record DatePattern(String pattern) {
    String format(OffsetDateTime time) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                end = quoted(at, text);
            } else if (isLetter(c)) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                text.append(field(pattern.substring(at, end), time));
            } else {
                text.append(c);
            }
            at = end;
        }
        return text.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// Two quotes inside the quotes are one.
    private int quoted(int start, StringBuilder text) {
        if (pattern.startsWith("''", start)) {
            text.append('\'');
            return start + 2;
        }
        int at = start + 1;
        while (at < pattern.length()) {
            if (pattern.charAt(at) != '\'') {
                text.append(pattern.charAt(at++));
            } else if (at + 1 < pattern.length() && pattern.charAt(at + 1) == '\'') {
                text.append('\'');
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw new FunctionException(0, "a closing ' is missing in the pattern");
    }

    private static String field(String field, OffsetDateTime time) {
        return switch (field) {
            case "YYYY" -> String.format(Locale.ROOT, "%04d", time.getYear());
            case "YY" -> String.format(Locale.ROOT, "%02d", time.getYear() % 100);
            case "MMMM" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "MMM" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "MM" -> String.format(Locale.ROOT, "%02d", time.getMonthValue());
            case "M" -> String.valueOf(time.getMonthValue());
            case "DD" -> String.format(Locale.ROOT, "%02d", time.getDayOfMonth());
            case "D" -> String.valueOf(time.getDayOfMonth());
            case "EEEE" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "EEE" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "hh" -> String.format(Locale.ROOT, "%02d", time.getHour());
            case "h" -> String.valueOf(time.getHour());
            case "HH" -> String.format(Locale.ROOT, "%02d", hourOfHalfDay(time));
            case "H" -> String.valueOf(hourOfHalfDay(time));
            case "AA" -> time.getHour() < 12 ? "AM" : "PM";
            case "aa" -> time.getHour() < 12 ? "am" : "pm";
            case "mm" -> String.format(Locale.ROOT, "%02d", time.getMinute());
            case "m" -> String.valueOf(time.getMinute());
            case "ss" -> String.format(Locale.ROOT, "%02d", time.getSecond());
            case "s" -> String.valueOf(time.getSecond());
            case "ZZZZZ" -> offset(time, "xxx");
            case "ZZZZ" -> offset(time, "xx");
            case "ZZZ" -> time.getOffset().getTotalSeconds() == 0 ? "UTC" : offset(time, "xx");
            case "Z" -> time.getOffset().getId();
            default ->
                throw new FunctionException(0, "unknown field \"" + field + "\"; put text between single quotes");
        };
    }

    private static String offset(OffsetDateTime time, String style) {
        return DateTimeFormatter.ofPattern(style, Locale.ROOT).format(time);
    }

    private static int hourOfHalfDay(OffsetDateTime time) {
        int hour = time.getHour() % 12;
        return hour == 0 ? 12 : hour;
    }
}
