package io.filejob.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.filejob.value.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts of the server about texts of columns, which it is asked for many texts at once: a block of PL/pgSQL assigns each
 * of them to a variable of the column's type, which calls the input function of the type as COPY does. For one thread.
 */
final class ServerVerdicts {
    /** The verdict about a text that the server takes. */
    static final String TAKEN = "";

    /** Longer texts are sent once only, as a part of their row. */
    private static final int MAX_LENGTH = 10_000;
    /** The number of known verdicts of a column above which they are forgotten. */
    private static final int MAX_KNOWN = 20_000;
    /** Stands for null among the texts, which have no NUL. */
    private static final String NULL = "\u0000";

    /** The length of a SQLSTATE. */
    private static final int STATE = 5;

    private static final String TEXTS = "filejob.texts";
    private static final String VERDICTS = "filejob.verdicts";

    private final TableName table;
    private final List<String> columns;
    private final Map<Integer, Map<String, String>> known = new HashMap<>();
    private final Map<Integer, Set<String>> wanted = new HashMap<>();
    private @Nullable Set<Integer> cast;

    /** Creates an instance without verdicts about {@code columns} of {@code table}, to which rows are copied. */
    ServerVerdicts(TableName table, List<String> columns) {
        this.table = table;
        this.columns = columns;
    }

    /** Returns {@link #TAKEN}, the reason for which the server refuses a text of the column, or null if it is not known. */
    @Nullable
    String of(int column, @Nullable String text) {
        return known.getOrDefault(column, Map.of()).get(key(text));
    }

    /** Lets the next {@link #ask} ask for a text of the column. */
    void want(int column, @Nullable String text) {
        if (of(column, text) == null && (text == null || text.length() <= MAX_LENGTH)) {
            wanted.computeIfAbsent(column, _ -> new LinkedHashSet<>()).add(key(text));
        }
    }

    /** Asks for the verdicts about the wanted texts; some may remain unknown. */
    void ask(Connection connection) throws SQLException {
        if (wanted.isEmpty()) {
            return;
        }
        if (cast == null) {
            cast = cast(connection);
        }
        for (Map.Entry<Integer, Set<String>> texts : wanted.entrySet()) {
            int column = texts.getKey();
            Map<String, String> verdicts = known.computeIfAbsent(column, _ -> new HashMap<>());
            if (verdicts.size() > MAX_KNOWN) {
                verdicts.clear();
            }
            if (!cast.contains(column)) {
                ask(connection, column, List.copyOf(texts.getValue()), verdicts);
            }
        }
        wanted.clear();
    }

    private static String key(@Nullable String text) {
        return text == null ? NULL : text;
    }

    /**
     * Returns the columns for which the assignment would not do the same as the input function: types with a cast from text,
     * and those whose limit is checked by a cast afterwards, except where the input function also checks it at its end.
     */
    private Set<Integer> cast(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                WITH RECURSIVE types AS (
                  SELECT a.attname, a.atttypid AS oid, a.atttypmod AS modifier FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
                  UNION ALL
                  SELECT types.attname, t.typbasetype, t.typtypmod
                  FROM types JOIN pg_catalog.pg_type t USING (oid) WHERE t.typtype = 'd')
                SELECT types.attname FROM types JOIN pg_catalog.pg_cast c ON c.casttarget = types.oid
                WHERE c.castsource = 'pg_catalog.text'::pg_catalog.regtype AND c.castmethod = 'f' AND c.castcontext <> 'e'
                  OR c.castsource = types.oid AND types.modifier <> -1 AND types.oid NOT IN (
                    'numeric'::pg_catalog.regtype, 'interval'::pg_catalog.regtype, 'varchar'::pg_catalog.regtype,
                    'bpchar'::pg_catalog.regtype, 'time'::pg_catalog.regtype, 'timetz'::pg_catalog.regtype,
                    'timestamp'::pg_catalog.regtype, 'timestamptz'::pg_catalog.regtype)\
                """)) {
            query.setString(1, table.sql());
            Set<Integer> found = new HashSet<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(columns.indexOf(row.getString(1)));
                }
            }
            return found;
        }
    }

    private void ask(Connection connection, int column, List<String> texts, Map<String, String> verdicts)
            throws SQLException {
        ArrayNode sent = JsonNodeFactory.instance.arrayNode();
        texts.forEach(text -> sent.add(text.equals(NULL) ? null : text));
        Savepoint before = connection.setSavepoint();
        try {
            call(connection, "SELECT pg_catalog.set_config('" + TEXTS + "', ?, true)", sent.toString());
            Sql.execute(connection, block(column));
            JsonNode answers = Json.parse(call(connection, "SELECT pg_catalog.current_setting(?)", VERDICTS))
                    .orElseThrow();
            for (int i = 0; i < texts.size(); i++) {
                verdict(answers.path(i).asText(), answers.path(i).isNull(), texts.get(i), verdicts);
            }
        } catch (SQLException e) {
            if (DatabaseErrors.kind(e) == DatabaseErrors.ErrorKind.PASSING) {
                throw e;
            }
            // The user may not use PL/pgSQL, for example.
            connection.rollback(before);
        }
        connection.releaseSavepoint(before);
    }

    private static void verdict(String answer, boolean isTaken, String text, Map<String, String> verdicts) {
        if (isTaken) {
            verdicts.put(text, TAKEN);
            return;
        }
        String message = answer.substring(STATE);
        if (DatabaseErrors.kind(new SQLException(message, answer.substring(0, STATE)))
                == DatabaseErrors.ErrorKind.BAD_ROW) {
            verdicts.put(text, CopyError.withoutText(message));
        }
    }

    private static String call(Connection connection, String function, String argument) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(function)) {
            query.setString(1, argument);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return Objects.requireNonNull(row.getString(1));
            }
        }
    }

    /** Returns the block, whose result is null for a text that is taken, else the SQLSTATE and the message. */
    private String block(int column) {
        String body = """

                DECLARE
                  one record;
                  verdicts text[] := '{}';
                BEGIN
                  FOR one IN
                    SELECT t.text FROM pg_catalog.json_array_elements_text(pg_catalog.current_setting('%s')::json)
                      WITH ORDINALITY AS t(text, number) ORDER BY t.number
                  LOOP
                    BEGIN
                      DECLARE value %s%%TYPE := one.text; BEGIN END;
                      verdicts := pg_catalog.array_append(verdicts, NULL);
                    EXCEPTION WHEN OTHERS THEN
                      verdicts := pg_catalog.array_append(verdicts, SQLSTATE || SQLERRM);
                    END;
                  END LOOP;
                  PERFORM pg_catalog.set_config('%s', pg_catalog.array_to_json(verdicts)::text, true);
                END
                """.formatted(TEXTS, table.sql() + "." + Sql.quoteIdentifier(columns.get(column)), VERDICTS);
        return "DO LANGUAGE plpgsql " + Sql.quoteLiteral(body);
    }
}
