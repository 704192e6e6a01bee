package dev.skyhedge.engine.accelerators;

import java.util.List;

/// A linear program, of which some columns may have to be whole: the least of the sum of cost
/// times value.
public record LinearModel(List<Column> columns, List<Row> rows) {
    public LinearModel {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// @param upper may be infinite
    public record Column(double lower, double upper, double cost, boolean whole) {}

    /// `lower <= sum of factor * column <= upper`; either limit may be infinite.
    public record Row(double lower, double upper, List<Term> terms) {
        public Row {
            terms = List.copyOf(terms);
        }
    }

    /// @param column its place among the columns
    public record Term(int column, double factor) {}

    /// The same program in numbers that need not be whole: its least is a bound of this one's.
    public LinearModel relaxed() {
        return new LinearModel(
                columns.stream()
                        .map(column -> new Column(column.lower, column.upper, column.cost, false))
                        .toList(),
                rows);
    }
}
