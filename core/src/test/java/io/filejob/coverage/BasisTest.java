package io.filejob.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.ledger.RejectsFile;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SpillFile;
import io.filejob.security.Sha256;
import io.filejob.status.RowCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers of two releases must compute the same identifier, or neither could use the results of the other. */
final class BasisTest {
    @Test
    void isTheDigestOfALineForEachResult() {
        SpillFile first = new SpillFile("slice-3-runs", true, 0, 5, 60, 7, 8, List.of("sample"));
        SpillFile second = new SpillFile("slice-3-runs", false, 67, 1, 2, 3, 4, List.of());
        SliceResult map = SliceResult.builder(3, 10, 20, new GroupsPartial(InlineGroups.NONE, List.of(first, second)))
                .rows(new RowCounts(3, 2, 1))
                .rejects(new RejectsFile("slice-3-rejects", 70, 9))
                .build();
        SliceResult average = SliceResult.later(4, new AveragePartial("1.5", 2));

        assertThat(Basis.of(List.of(map, average)))
                .isEqualTo(new Sha256()
                        .update("3 10 20 RowCounts[in=3, used=2, rejected=1]"
                                + " RejectsFile[name=slice-3-rejects, bytes=70, checksum=9] "
                                + " slice-3-runs true 0 5 60 7 8 slice-3-runs false 67 1 2 3 4\n"
                                + "4 0 0 RowCounts[in=0, used=0, rejected=0] null AveragePartial[sum=1.5, count=2]\n")
                        .hex(16));
    }
}
