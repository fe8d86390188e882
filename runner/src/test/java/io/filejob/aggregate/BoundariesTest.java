package io.filejob.aggregate;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Places slice boundaries and the edges of the scanner's 64-byte blocks at every byte of critical records. */
@Timeout(180)
final class BoundariesTest {
    private static final int BLOCK = 64;
    private static final String REST =
            "output: {uri: " + Fixture.OUTPUT + "}, onBadRecord: skip, rejects: {uri: " + Fixture.REJECTS + "}";
    private static final String ALL = "groupBy: [k], measures: [{function: count}, {function: first, column: t, as: f},"
            + " {function: last, column: t, as: l}, {function: sum, column: v, as: s}]";

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    /** Returns records, each drawn once for every distance from a block's edge. */
    static Stream<String> drawings() {
        return Stream.of(
                // A quote, a doubled one, and delimiters in a field.
                "k~,\"a,\"\"b\",1\n",
                // Only quotes.
                "k~,\"\"\"\"\"\",1\n",
                "k~,\"\",1\n",
                // CR LF inside and outside quotes.
                "k~,\"a\r\nb\r\",1\r\n",
                "k~,a,1\r",
                // A field that looks like records.
                "k~,\"\nk1,x,2\nk2,y,3\n\",1\n",
                "k~,\"\r\n\"\"k1\"\",x,2\r\n\",1\r\n",
                // Malformed in each way, followed by a well-formed record.
                "k~,a\"b,1\nk~,\"\n\",1\n",
                "k~,\"a\"b\",1\nk~,\",\",1\n",
                "\"k~\"\"\",a,1,9\nk~,a\n",
                "k~,\uD83D\uDE00,1\n\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("drawings")
    void atEveryDistance(String drawing) {
        StringBuilder file = new StringBuilder("k,t,v\n");
        for (int distance = 0; distance <= BLOCK; distance++) {
            file.append(drawing.replace("~", "-".repeat(distance)));
        }
        Fixture fixture = new Fixture("", ALL, REST, List.of(ByteText.of(file.toString()), "k,t,v\nz,\"z\n\",1"));
        AggregateRun run = new AggregateRun(fixture, folder.path());
        for (int sliceBytes : new int[] {13, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 1000, 1 << 20}) {
            run.check(sliceBytes, 2, drawing);
        }
    }

    /** Returns records longer than slices, to be cut at every byte. */
    static Stream<List<String>> shapes() {
        return Stream.of(
                List.of("k,t,v\na,\"" + "\nb,x,2".repeat(12) + "\",1\nc,y,3\n"),
                List.of(
                        "k,t,v\r\na,\"x\r\n\",1\r\n\r\nb,y,\"2\"\r\n",
                        "\uFEFFk,t,v\rc,\"\r\",3\r",
                        "",
                        "\n\n",
                        "k,t,v\n"),
                List.of("k,t,v\na,x,1\nb,\"y,2\nc,z,3\nd,\"w,4\ne,q,5\n"),
                List.of("k,t,v\na,x,1\nb,\"never closed,2\nc,z,3\n", "k,t,v\nd,x,1\n"),
                List.of("\"k\n\",\"t\nk,t,v\",k,t,v\n1,2,a,\"x\n1,2,b,y,9\n\",3\n"),
                List.of("v,k,t\n\"1\",\"a\",\"\"\"\"\n1,\"a\",\"\"\n\"1\",a,x"),
                List.of("k,t,v\n\"a\",\"\",\"1\"\n\"b\",\"\"\"\n,,\n\"\"\",\"2\"\n"),
                List.of("k,t,v\na,x,\nb,\uFFFF,1\nc,x,1e1001\nd,\"x,\"1\",2\n\n\ne,\"\n\nf,1,1"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void cutAtEveryByte(List<String> files) {
        List<String> bytes = files.stream().map(RandomColumn::bytes).toList();
        AggregateRun run = new AggregateRun(new Fixture("", ALL, REST, bytes), folder.path());
        for (int sliceBytes = 1; sliceBytes <= run.bytes(); sliceBytes++) {
            run.check(sliceBytes, 1 + sliceBytes % 4, files);
        }
    }
}
