package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The index stores only prefixes of long keys, but finds every block that a range of keys needs. */
final class BlockIndexTest {
    @Test
    void blocksWithKeysOfARangeAreFound() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            TreeSet<byte[]> different = new TreeSet<>(Arrays::compareUnsigned);
            for (int i = 0; i < 60; i++) {
                different.add(key(random));
            }
            List<byte[]> keys = List.copyOf(different);
            List<BlockIndex.IndexedBlock> entries = new ArrayList<>();
            List<Integer> firsts = new ArrayList<>();
            for (int next = 0; next < keys.size(); next += 1 + random.nextInt(4)) {
                firsts.add(next);
                byte[] first = keys.get(next);
                entries.add(new BlockIndex.IndexedBlock(next, 1, 0, 1, BlockIndex.border(first, 0, first.length)));
            }
            ByteList bytes = new ByteList(16);
            BlockIndex.write(entries, bytes);
            byte[] low = random.nextInt(5) == 0 ? new byte[0] : key(random);
            byte[] high = random.nextInt(5) == 0 ? null : key(random);
            List<Long> found = BlockIndex.read(bytes.toArray(), low, high).stream()
                    .map(BlockIndex.IndexedBlock::offset)
                    .toList();
            for (int key = 0; key < keys.size(); key++) {
                if (Arrays.compareUnsigned(keys.get(key), low) >= 0
                        && (high == null || Arrays.compareUnsigned(keys.get(key), high) < 0)) {
                    int number = key;
                    long block = firsts.stream()
                            .filter(first -> first <= number)
                            .max(Integer::compare)
                            .orElseThrow();
                    assertThat(found).as("round " + round).contains(block);
                }
            }
        }
    }

    /** Most keys differ only after the stored prefix. */
    private static byte[] key(Random random) {
        byte[] key = new byte[BlockIndex.MAX_BORDER_LENGTH - 2 + random.nextInt(6)];
        for (int i = BlockIndex.MAX_BORDER_LENGTH - 3; i < key.length; i++) {
            key[i] = (byte) random.nextInt(2);
        }
        return key;
    }
}
