package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.examples.Seeds;
import io.filejob.ledger.SpillFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The samples of a slice's runs fit into their space in a ledger. */
final class RunSamplesTest {
    @Test
    void samplesFitAndAreBeginningsOfSamplesInOrder() {
        Seeds.repeat(500, random -> {
            List<SpillFile> runs = new ArrayList<>();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                runs.add(run(random));
            }
            int limit = random.nextInt(4000);
            List<SpillFile> fit = RunSamples.fit(runs, limit);
            assertThat(length(fit)).isLessThanOrEqualTo(Math.max(limit, 3 * 32 * runs.size()));
            if (length(runs) <= limit) {
                assertThat(fit).isEqualTo(runs);
            }
            for (int i = 0; i < runs.size(); i++) {
                SpillFile run = runs.get(i);
                SpillFile kept = fit.get(i);
                assertThat(kept.end()).isEqualTo(run.end());
                if (run.sorted()) {
                    assertThat(run.samples().getFirst())
                            .startsWith(kept.samples().getFirst());
                    assertThat(run.samples().getLast())
                            .startsWith(kept.samples().getLast());
                }
                assertThat(kept.samples()).isNotEmpty();
                int at = 0;
                for (String sample : kept.samples()) {
                    assertThat(Base64.getDecoder().decode(sample)).isNotNull();
                    while (!run.samples().get(at).startsWith(sample)) {
                        at++;
                    }
                }
            }
        });
    }

    private static int length(List<SpillFile> runs) {
        return runs.stream()
                .flatMap(run -> run.samples().stream())
                .mapToInt(String::length)
                .sum();
    }

    private static SpillFile run(SplittableRandom random) {
        List<String> samples = new ArrayList<>();
        for (int i = random.nextInt(2, 24); i > 0; i--) {
            byte[] key = new byte[random.nextInt(4, 200)];
            random.nextBytes(key);
            samples.add(Base64.getEncoder().withoutPadding().encodeToString(key));
        }
        return new SpillFile("run", random.nextBoolean(), 1, 2, 3, 4, 5, samples);
    }
}
