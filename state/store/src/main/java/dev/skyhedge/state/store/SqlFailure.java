package dev.skyhedge.state.store;

import java.sql.SQLException;

/// Carries a database's exception to the border of the store, where it becomes a [StateProblem].
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient SQLException sql;

    SqlFailure(SQLException cause) {
        super(cause);
        this.sql = cause;
    }

    SQLException sql() {
        return sql;
    }
}
