package io.filejob.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.testing.postgres.CutProxy.Moment;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** A connection is cut at exactly the chosen moment. */
@Timeout(180)
final class CutProxyTest {
    private final TestDatabase database = PostgresServer.shared().database();
    private final CutProxy proxy = new CutProxy(database.port());
    private final AtomicInteger first = new AtomicInteger();

    @BeforeEach
    void table() {
        database.execute("CREATE TABLE t (a text)");
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private List<?> rows() {
        return database.query("TABLE t").rows();
    }

    private void insertAndCommit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().execute("INSERT INTO t VALUES ('a')");
        connection.commit();
    }

    @Test
    void afterACommitOfWhichTheClientIsNotTold() throws SQLException {
        try (Connection connection = database.through(proxy).connect()) {
            proxy.cut(Moment.AFTER, "COMMIT"::equals, first::incrementAndGet);
            assertThatThrownBy(() -> insertAndCommit(connection)).isInstanceOf(SQLException.class);
        }
        assertThat(rows()).hasSize(1);
        assertThat(first).hasValue(1);
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void beforeTheServerHearsOfACommit() throws SQLException {
        try (Connection connection = database.through(proxy).connect()) {
            insertAndCommit(connection);
            proxy.cut(Moment.BEFORE, "COMMIT"::equals);
            assertThatThrownBy(() -> insertAndCommit(connection)).isInstanceOf(SQLException.class);
        }
        assertThat(rows()).hasSize(1);
    }

    @Test
    void atAStatementThatIsPreparedAlready() throws SQLException {
        try (Connection connection = database.through(proxy).connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
            for (int row = 0; row < 20; row++) {
                insert.setString(1, "row " + row);
                insert.execute();
            }
            insert.setString(1, "the last");
            proxy.cut(Moment.AFTER, text -> text.startsWith("INSERT"));
            assertThatThrownBy(insert::execute).isInstanceOf(SQLException.class);
        }
        assertThat(rows()).hasSize(21);
    }

    @Test
    void inTheMiddleOfACopy() {
        String rows = "0123456789\n".repeat(100_000);
        proxy.cutAfterCopied(500_000);
        assertThatThrownBy(() -> {
                    try (Connection connection = database.through(proxy).connect()) {
                        connection
                                .unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("COPY t FROM STDIN", new StringReader(rows));
                    }
                })
                .isInstanceOfAny(SQLException.class, IOException.class);
        assertThat(rows()).isEmpty();
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void refusesConnectionsForAWhile() throws SQLException {
        proxy.refuse(true);
        assertThatThrownBy(() -> database.through(proxy).connect()).isInstanceOf(SQLException.class);
        proxy.refuse(false);
        try (Connection connection = database.through(proxy).connect()) {
            proxy.cutAll();
            assertThatThrownBy(() -> insertAndCommit(connection)).isInstanceOf(SQLException.class);
        }
        assertThat(proxy.connections()).isGreaterThanOrEqualTo(2);
    }
}
