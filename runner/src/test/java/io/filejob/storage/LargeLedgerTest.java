package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LedgerFormat;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SpillFile;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.status.RowCounts;
import io.filejob.storage.local.DirectoryStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory holds the results of a large ledger once, and its text once while it is written or read. */
final class LargeLedgerTest {
    /** Slices of 64 KiB with runs of long keys. */
    private static final int SLICES = 2_800;

    private static final int SAMPLES = 5;
    /** Bytes for the objects of a slice without the characters of its samples. */
    private static final int BYTES_PER_SLICE = 1_500;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    private static Ledger ledger(String fingerprint) {
        List<SliceResult> results = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            List<String> samples = new ArrayList<>();
            for (int sample = 0; sample < SAMPLES; sample++) {
                samples.add(Integer.toString(10_000 + slice).repeat(68));
            }
            SpillFile run = new SpillFile("slice-" + slice, true, 0, 248, 65_819, 1_079, slice, samples);
            results.add(SliceResult.builder(slice, slice, slice + 1, new GroupsPartial(InlineGroups.NONE, List.of(run)))
                    .rows(new RowCounts(248, 248, 0))
                    .build());
        }
        return new Ledger(fingerprint, 0, "large", results);
    }

    @Test
    void isWrittenAndReadWithoutCopiesOfItsText() throws IOException {
        Ledger ledger = ledger("fingerprint");
        LedgerFormat.read(LedgerFormat.write(ledger));
        long begin = THREADS.getCurrentThreadAllocatedBytes();
        byte[] text = LedgerFormat.write(ledger);
        long written = THREADS.getCurrentThreadAllocatedBytes();
        Ledger read = LedgerFormat.read(text);
        long end = THREADS.getCurrentThreadAllocatedBytes();

        assertThat(text.length).isGreaterThan(4 << 20);
        assertThat(read).isEqualTo(ledger);
        assertThat(written - begin).isLessThan(2L * text.length);
        assertThat(end - written).isLessThan(text.length + SLICES * BYTES_PER_SLICE);
    }

    @Test
    void ofTheProcessItselfIsNotParsed() {
        DirectoryStore store =
                DirectoryStore.ofRun(folder, new Fingerprint("spec", "inputs", new Cut(Cut.PROTOCOL, 1, 1, 0, 0)));
        Ledger ledger = ledger(store.fingerprint());
        store.write(ledger);
        assertThat(store.ledgers()).hasSize(1).first().isSameAs(ledger);
    }
}
