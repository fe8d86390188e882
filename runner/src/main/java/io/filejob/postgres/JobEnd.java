package io.filejob.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Removes a job's own tables when the job ends, unless the database is unreachable or locked. For one thread. */
final class JobEnd {
    private static final String SHORT_WAIT = "SET LOCAL lock_timeout = '2s'";

    private final Session session;
    private final LoadSetting setting;

    JobEnd(Session session, LoadSetting setting) {
        this.session = session;
        this.setting = setting;
    }

    /** Finishes a complete job: the ledger keeps only the note that the job is over. */
    void finish() {
        cleanUp((statement, table) -> {
            Connection connection = statement.getConnection();
            // Everything is committed, so work that other workers still do is irrelevant.
            JobTables.endWorkers(connection, setting.prefix());
            LoadLedger ledger = new LoadLedger(table, setting.job());
            ledger.end(connection);
            Staging.drop(statement, table, setting.prefix());
            for (String killed : ledger.forgetOld(connection)) {
                JobTables.remove(connection, table, killed);
            }
        });
    }

    /** Cleans up after a failed job; its ledger rows are kept. */
    void abandon() {
        cleanUp((statement, table) -> {
            // Other workers may be within a transaction; they are not waited for.
            JobTables.endWorkers(statement.getConnection(), setting.prefix());
            Staging.drop(statement, table, setting.prefix());
        });
    }

    /** An action on the tables beside the target table, run if the target exists. */
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
