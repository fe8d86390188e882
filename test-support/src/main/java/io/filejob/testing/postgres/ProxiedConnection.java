package io.filejob.testing.postgres;

import io.filejob.testing.postgres.CutProxy.Moment;
import io.filejob.testing.postgres.CutProxy.PlannedCut;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection through a {@link CutProxy}: one thread per direction, until either side closes it. */
final class ProxiedConnection {
    private static final int NO = 'N';

    private final CutProxy proxy;
    private final Socket client;
    private final Socket server;
    /** Prepared statements by the names given by the client. */
    private final Map<String, String> statements = new HashMap<>();

    private long copied;
    /** Set once the server's response is withheld. */
    private volatile @Nullable PlannedCut withheld;

    ProxiedConnection(CutProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        Thread.ofVirtual().start(() -> pass(this::fromClient));
        Thread.ofVirtual().start(() -> pass(this::fromServer));
    }

    void close() {
        try (client;
                server) {
            proxy.closed(this);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Direction {
        void run() throws IOException;
    }

    private void pass(Direction direction) {
        try {
            direction.run();
        } catch (IOException e) {
            // One side is closed, so the other has to be closed, too.
            return;
        } finally {
            close();
        }
    }

    private static DataInputStream in(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    private static DataOutputStream out(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    private void fromClient() throws IOException {
        DataInputStream in = in(client);
        DataOutputStream out = out(server);
        Message message = Message.readFirst(in);
        while (message.isWishForEncryption()) {
            client.getOutputStream().write(NO);
            message = Message.readFirst(in);
        }
        for (@Nullable Message next = message; next != null; next = Message.read(in)) {
            PlannedCut cut = due(next);
            if (cut != null && cut.moment() == Moment.BEFORE) {
                out.flush();
                proxy.cut(this, cut.first());
                return;
            }
            withheld = cut == null ? withheld : cut;
            next.write(out);
            if (in.available() == 0) {
                out.flush();
            }
        }
        out.flush();
    }

    private @Nullable PlannedCut due(Message message) {
        return switch (message.type()) {
            case Message.QUERY -> proxy.due(message.text(0));
            case Message.PARSE -> {
                statements.put(message.text(0), message.text(1));
                yield proxy.due(message.text(1));
            }
            case Message.BIND -> proxy.due(statements.getOrDefault(message.text(1), ""));
            case Message.COPY_DATA -> {
                copied += message.bytes();
                yield proxy.due(copied);
            }
            default -> null;
        };
    }

    private void fromServer() throws IOException {
        DataInputStream in = in(server);
        DataOutputStream out = out(client);
        for (Message message = Message.read(in); message != null; message = Message.read(in)) {
            PlannedCut cut = withheld;
            if (cut == null) {
                message.write(out);
                if (in.available() == 0) {
                    out.flush();
                }
            } else if (message.type() == Message.READY_FOR_QUERY) {
                proxy.cut(this, cut.first());
                return;
            }
        }
        out.flush();
    }
}
