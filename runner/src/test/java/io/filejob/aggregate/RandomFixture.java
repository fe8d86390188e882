package io.filejob.aggregate;

import static io.filejob.aggregate.RandomDialect.pick;

import io.filejob.aggregate.RandomColumn.Kind;
import io.filejob.aggregate.RandomDialect.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random dialect, aggregation and input that match each other. */
final class RandomFixture {
    private static final String[] NAMES = {"k", "gr\u00F6\u00DFe", "d 1", "Number of Plays", "v\"x"};

    private RandomFixture() {}

    static Fixture of(SplittableRandom random) {
        RandomDialect dialect = new RandomDialect(random);
        List<RandomColumn> columns = new ArrayList<>();
        int count = 1 + random.nextInt(NAMES.length);
        for (int i = 0; i < count; i++) {
            Kind kind = i == 0 ? Kind.KEY : i == 1 ? Kind.NUMBER : pick(random, Kind.values());
            String name = dialect.naming == Naming.NUMBERS ? String.valueOf(i + 1) : NAMES[i];
            columns.add(new RandomColumn(name, kind));
        }
        boolean shuffled = dialect.naming == Naming.HEADER && random.nextBoolean();
        String csv = dialect.csv(columns.stream().map(RandomColumn::name).toList());
        String aggregate = new RandomSpec(random, columns, !shuffled).aggregate();
        List<String> files = new RandomFiles(random, dialect, columns, shuffled).some();
        return new Fixture(csv, aggregate, rest(random), files);
    }

    private static String rest(SplittableRandom random) {
        List<String> rest = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            rest.add("output: {uri: " + Fixture.OUTPUT + (random.nextInt(4) == 0 ? ", header: false" : "") + "}");
        }
        if (random.nextInt(4) > 0) {
            rest.add("onBadRecord: skip");
            if (random.nextInt(3) > 0) {
                rest.add("rejects: {uri: " + Fixture.REJECTS + "}");
            }
            if (random.nextInt(6) == 0) {
                rest.add("tolerated: "
                        + pick(
                                random,
                                "{records: 0}",
                                "{records: 2}",
                                "{percent: 0}",
                                "{percent: 10}",
                                "{percent: 60}"));
            }
        }
        return String.join(", ", rest);
    }
}
