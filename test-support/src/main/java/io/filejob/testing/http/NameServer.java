package io.filejob.testing.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name server on this machine's loopback (UDP, RFC 1035) whose answers may change from query to query, and a client for it
 * that caches nothing.
 */
public final class NameServer implements AutoCloseable {
    private static final int MAX_MESSAGE = 512;
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final short ANSWER = (short) 0x8400;
    private static final short NO_SUCH_NAME = 3;
    private static final short POINTER_TO_QUESTION = (short) 0xC00C;
    private static final int LENGTH_V4 = 4;
    /** The first eight bytes of a query: ID 1, recursion desired, one question. */
    private static final long ONE_QUESTION = 0x0001_0100_0001_0000L;
    /** The offset of the number of answers. */
    private static final int ANSWER_COUNT = 6;
    /** Pointer to the name, type, class, time to live, and length of a record. */
    private static final int RECORD_HEAD = 12;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, List<List<String>>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> queries = new ConcurrentHashMap<>();

    public NameServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    /**
     * Sets the IPv4 addresses of {@code name}, separated by blanks: a text for each query from now on, the last one for all
     * further ones.
     */
    public void put(String name, String... addresses) {
        answers.put(
                name,
                Arrays.stream(addresses)
                        .map(text -> Arrays.stream(text.split(" ", -1))
                                .filter(each -> !each.isEmpty())
                                .toList())
                        .toList());
        queries.remove(name);
    }

    /** Returns the number of queries for {@code name} since its addresses were set. */
    public int queries(String name) {
        return queries.getOrDefault(name, 0);
    }

    /** Asks this server for the addresses of {@code name}. */
    public InetAddress[] addresses(String name) throws UnknownHostException {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ByteBuffer query = ByteBuffer.allocate(MAX_MESSAGE);
            query.putLong(ONE_QUESTION).putInt(0);
            for (String label : name.split("[.]", -1)) {
                query.put((byte) label.length()).put(label.getBytes(US_ASCII));
            }
            query.put((byte) 0).putShort((short) TYPE_A).putShort((short) 1);
            client.send(new DatagramPacket(query.array(), query.position(), socket.getLocalSocketAddress()));
            byte[] answer = new byte[MAX_MESSAGE];
            client.receive(new DatagramPacket(answer, answer.length));
            return addresses(name, ByteBuffer.wrap(answer).position(query.position()));
        } catch (UnknownHostException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the addresses of the answers from the position of {@code message} on. */
    private static InetAddress[] addresses(String name, ByteBuffer message) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[message.getShort(ANSWER_COUNT)];
        for (int i = 0; i < addresses.length; i++) {
            byte[] address = new byte[LENGTH_V4];
            message.position(message.position() + RECORD_HEAD).get(address);
            addresses[i] = InetAddress.getByAddress(name, address);
        }
        if (addresses.length == 0) {
            throw new UnknownHostException(name);
        }
        return addresses;
    }

    private void serve() {
        byte[] buffer = new byte[MAX_MESSAGE];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }

    private byte[] answer(ByteBuffer query) {
        short id = query.getShort(0);
        query.position(HEADER);
        List<String> labels = new ArrayList<>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, US_ASCII));
        }
        int type = query.getShort();
        query.getShort();
        byte[] question = new byte[query.position() - HEADER];
        query.get(HEADER, question);
        String name = String.join(".", labels).toLowerCase(Locale.ROOT);
        List<String> addresses = type == TYPE_A ? next(name) : List.of();
        ByteBuffer answer = ByteBuffer.allocate(MAX_MESSAGE);
        answer.putShort(id)
                .putShort((short) (ANSWER | (answers.containsKey(name) ? 0 : NO_SUCH_NAME)))
                .putShort((short) 1)
                .putShort((short) addresses.size())
                .putInt(0)
                .put(question);
        for (String address : addresses) {
            answer.putShort(POINTER_TO_QUESTION)
                    .putShort((short) TYPE_A)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) LENGTH_V4)
                    .put(InetAddress.ofLiteral(address).getAddress());
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private List<String> next(String name) {
        List<List<String>> all = answers.getOrDefault(name, List.of(List.of()));
        int query = queries.merge(name, 1, Integer::sum);
        return all.get(Math.min(query, all.size()) - 1);
    }

    @Override
    public void close() {
        socket.close();
    }
}
