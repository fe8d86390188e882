package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks that the ledger of a schema can be used: the table may belong to another role or another program. */
final class LedgerAccess {
    private static final String RIGHTS = "SELECT, INSERT, UPDATE, DELETE";

    private LedgerAccess() {}

    /**
     * Returns false if {@code ledger} does not exist and may be created.
     *
     * @throws JobFailedException with the remedy, if it does not exist and must not be created, or if it exists but cannot be
     *     used
     */
    static boolean check(Connection connection, TableName ledger) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT current_user, c.oid IS NOT NULL, pg_catalog.pg_get_userbyid(c.relowner),
              c.relkind IN ('r', 'p') AND (
                SELECT array_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, NULL) ORDER BY a.attnum)
                FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
                = '{job text,slice integer,result text,at timestamp with time zone}',
              pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_table_privilege(c.oid, 'INSERT')
                AND pg_catalog.has_table_privilege(c.oid, 'UPDATE')
                AND pg_catalog.has_table_privilege(c.oid, 'DELETE'),
              pg_catalog.row_security_active(c.oid),
              (SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE') FROM pg_catalog.pg_namespace n
                WHERE n.nspname = ?)
            FROM (SELECT pg_catalog.to_regclass(?)::oid AS oid) t LEFT JOIN pg_catalog.pg_class c USING (oid)\
            """)) {
            query.setString(1, ledger.schema());
            query.setString(2, ledger.sql());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String role = row.getString(1);
                if (!row.getBoolean(2)) {
                    if (!row.getBoolean(7)) {
                        throw denied("permission denied for schema " + ledger.schema() + ", where the table "
                                + LoadLedger.NAME + " is to be created: GRANT CREATE ON SCHEMA "
                                + Sql.quoteIdentifier(String.valueOf(ledger.schema())) + " TO "
                                + Sql.quoteIdentifier(role));
                    }
                    return false;
                }
                if (!row.getBoolean(4) || row.getBoolean(6)) {
                    throw new JobFailedException(
                            ExitCode.BAD_MANIFEST,
                            "spec.operation.ingest.table: " + ledger + ", where FileJob notes what is loaded, "
                                    + (row.getBoolean(4)
                                            ? "has row-level security: disable it"
                                            : "is not a table of its making: rename that table or view"));
                }
                if (!row.getBoolean(5)) {
                    throw denied("the table " + ledger + ", where FileJob notes what is loaded, belongs to "
                            + row.getString(3) + ", and the role " + role + " may not use it: GRANT " + RIGHTS + " ON "
                            + ledger.sql() + " TO " + Sql.quoteIdentifier(role));
                }
                return true;
            }
        }
    }

    private static JobFailedException denied(String problem) {
        return new JobFailedException(ExitCode.CREDENTIALS_REFUSED, problem);
    }
}
