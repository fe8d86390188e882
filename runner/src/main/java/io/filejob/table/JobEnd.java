package io.filejob.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Removes a job's own tables at its end, as far as that is easy. For one thread. */
final class JobEnd {
    private static final String SHORT_WAIT = "SET LOCAL lock_timeout = '2s'";

    private final Session session;
    private final LoadSetting setting;

    JobEnd(Session session, LoadSetting setting) {
        this.session = session;
        this.setting = setting;
    }

    /** The job is complete: all that is still to be known of it is that it is over. */
    void finish() {
        cleanUp((statement, table) -> {
            Connection connection = statement.getConnection();
            // All is committed: what other workers are still at does not count.
            JobTables.endWorkers(connection, setting.prefix());
            LoadLedger ledger = new LoadLedger(table, setting.job());
            ledger.end(connection);
            Staging.drop(statement, table, setting.prefix());
            for (String killed : ledger.forgetOld(connection)) {
                JobTables.remove(connection, table, killed);
            }
        });
    }

    /** The job has failed: its notes of what is loaded stay. */
    void abandon() {
        cleanUp((statement, table) -> {
            // Workers that are in the middle of something are not waited for.
            JobTables.endWorkers(statement.getConnection(), setting.prefix());
            Staging.drop(statement, table, setting.prefix());
        });
    }

    /** An action beside the table, if it is there. */
    private interface CleanUp {
        void beside(Statement statement, TableName table) throws SQLException;
    }

    private void cleanUp(CleanUp cleanUp) {
        session.ifEasy(connection -> {
            Optional<TableName> table =
                    TableLayout.find(connection, TableName.of(setting.spec().table()));
            try (Statement statement = connection.createStatement()) {
                statement.execute(SHORT_WAIT);
                if (table.isPresent()) {
                    cleanUp.beside(statement, table.get());
                }
            }
            return true;
        });
    }
}
