package io.filejob.service.table;

import io.filejob.api.FileJob;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.ingest.AggregateTableSpec;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.status.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the tables that the caller's jobs have loaded: nothing else in a database can be read through the service. */
public final class LoadedTables {
    /** Phases in which a job may have written its tables; one that appends does so before its end. */
    private static final Set<Phase> WRITING = Set.of(Phase.RUNNING, Phase.MERGING, Phase.COMPLETE, Phase.FAILED);
    /** The maximum number of jobs that are searched, the latest first. */
    private static final int MAX_JOBS = 5000;

    private LoadedTables() {}

    /** Returns the tables of all jobs in {@code namespace}, or of all namespaces if it is null, the latest first. */
    public static List<LoadedTable> all(Jobs jobs, @Nullable String namespace) {
        Map<List<String>, LoadedTable> tables = new LinkedHashMap<>();
        String after = null;
        int searched = 0;
        do {
            JobPage page = jobs.list(new JobQuery(namespace, WRITING, "ingest", null, null, JobQuery.MAX_LIMIT, after));
            page.items().forEach(job -> addTables(job, tables));
            searched += page.items().size();
            after = page.next();
        } while (after != null && searched < MAX_JOBS);
        return List.copyOf(tables.values());
    }

    /** Returns the table of this name; of {@code job} if it is not null, since databases may have tables of one name. */
    public static LoadedTable find(Jobs jobs, @Nullable String namespace, String table, @Nullable String job) {
        List<LoadedTable> found = all(jobs, namespace).stream()
                .filter(each -> each.table().equals(table) && (job == null || job.equals(each.job())))
                .toList();
        if (found.isEmpty()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "no job has loaded a table " + table + "; GET /api/v1/tables lists the tables");
        }
        if (found.size() > 1) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "several databases have a table " + table + ": add ?job= with one of "
                            + found.stream().map(LoadedTable::job).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }

    private static void addTables(FileJob job, Map<List<String>, LoadedTable> tables) {
        IngestSpec ingest = job.spec().operation().ingest();
        if (ingest == null) {
            return;
        }
        add(job, ingest, ingest.table(), LoadedTable.TableKind.ROWS, ingest.keyColumns(), tables);
        for (AggregateTableSpec aggregates : ingest.aggregateTables()) {
            add(
                    job,
                    ingest,
                    name(ingest.table(), aggregates.table()),
                    LoadedTable.TableKind.AGGREGATES,
                    aggregates.groupBy(),
                    tables);
        }
    }

    /** An aggregated table without a schema is in that of the loaded table. */
    private static String name(String loaded, String aggregated) {
        int dot = loaded.indexOf('.');
        return dot < 0 || aggregated.indexOf('.') >= 0 ? aggregated : loaded.substring(0, dot + 1) + aggregated;
    }

    private static void add(
            FileJob job,
            IngestSpec ingest,
            String table,
            LoadedTable.TableKind kind,
            List<String> keys,
            Map<List<String>, LoadedTable> tables) {
        String namespace = job.metadata().path("namespace").asText();
        tables.putIfAbsent(
                List.of(namespace, ingest.database().secret().name(), table),
                new LoadedTable(table, kind, namespace, job.name(), keys, ingest.database()));
    }
}
