package dev.skyhedge.specs.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Numbers and names in lines, separated by commas, under a line of their names. Nothing is
/// quoted. Lines without anything and those that begin with `#` do not count.
///
/// @param names of columns
/// @param lines in their order
record CsvTable(List<String> names, List<Line> lines) {
    CsvTable {
        names = List.copyOf(names);
        lines = List.copyOf(lines);
    }

    /// @param number in the text, from 1
    record Line(int number, List<String> fields) {
        Line {
            fields = List.copyOf(fields);
        }
    }

    /// What can be read of a text.
    ///
    /// @param wrong takes what is wrong, as sentences without their place
    static CsvTable read(String text, List<String> needed, Consumer<String> wrong) {
        List<String> names = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        String[] all = text.split("\\r?\\n", -1);
        for (int i = 0; i < all.length; i++) {
            List<String> fields =
                    Arrays.stream(all[i].split(",", -1)).map(String::strip).toList();
            if (all[i].isBlank() || all[i].startsWith("#")) {
                continue;
            }
            if (names.isEmpty()) {
                names.addAll(fields);
            } else if (fields.size() == names.size()) {
                lines.add(new Line(i + 1, fields));
            } else {
                wrong.accept("line " + (i + 1) + " has " + fields.size() + " fields, but there are " + names.size()
                        + " names of columns.");
            }
        }
        List<String> missing =
                needed.stream().filter(name -> !names.contains(name)).toList();
        if (!missing.isEmpty()) {
            wrong.accept("its first line has to name the columns, and lacks " + String.join(", ", missing)
                    + ". For a file write file(\"NAME\").");
            return new CsvTable(List.of(), List.of());
        }
        if (lines.isEmpty()) {
            wrong.accept("it has no line under the names of its columns.");
        }
        return new CsvTable(names, lines);
    }

    boolean has(String column) {
        return names.contains(column);
    }

    String text(Line line, String column) {
        return line.fields().get(names.indexOf(column));
    }

    /// @throws IllegalArgumentException if it is no number from 0 to a billion
    double number(Line line, String column) {
        BigDecimal number;
        try {
            number = new BigDecimal(text(line, column));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " is no number: \"" + text(line, column) + "\"", e);
        }
        if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(1_000_000_000)) > 0) {
            throw new IllegalArgumentException(column + " is from 0 to a billion, not " + text(line, column));
        }
        return number.doubleValue();
    }

    /// @throws IllegalArgumentException if it is no whole number from `least` to a billion
    int whole(Line line, String column, int least) {
        double number = number(line, column);
        if (number != Math.rint(number) || number < least) {
            throw new IllegalArgumentException(
                    column + " is a whole number from " + least + ", not " + text(line, column));
        }
        return (int) number;
    }
}
