package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.oneline.ItemList;
import io.filejob.oneline.ManifestDraft;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.storage.local.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code filejob ingest}. */
@Command(
        name = "ingest",
        description = "Loads the rows of CSV files into a PostgreSQL table, each exactly once.",
        footerHeading = OneLineCommand.EXAMPLES,
        footer = {
            "  filejob ingest -t products -k sku --create --db \"$DATABASE_URL\" products.csv",
            "  filejob ingest -t products -k sku -c sku -c 'price::numeric(10,2)' p.csv",
            "  filejob ingest -t shop.events --mode append 'events/*.csv.gz'",
            "  filejob ingest -t products -k sku products.csv --manifest > products.yaml"
        })
final class IngestCommand extends OneLineCommand {
    private static final String PATH = "spec.operation.ingest.";

    @Option(
            names = {"-t", "--table"},
            paramLabel = "TABLE",
            required = true,
            description = "The table, as name or schema.name.")
    private String table;

    @Option(
            names = {"-k", "--key", "--keys"},
            paramLabel = "COLUMN,...",
            description =
                    "The columns that identify a row: rows with an existing key update it. Without them, all rows are"
                            + " appended.")
    private @Nullable String keys;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description =
                    "The database, postgresql://user:password@host:port/database. Default: DATABASE_URL or PGHOST,"
                            + " PGDATABASE, PGUSER, PGPASSWORD and so on in the environment.")
    private @Nullable String database;

    @Option(
            names = "--db-secret",
            paramLabel = "NAME",
            description =
                    "The Secret with the database's settings, in the manifest. Default: the table's name and -db.")
    private @Nullable String secret;

    @Option(
            names = {"-c", "--column"},
            paramLabel = "FROM[:TO[:TYPE]]",
            description = "Load this column of the input into a column of the table, of a type in PostgreSQL. May be"
                    + " repeated. Without it, all columns are loaded.")
    private final List<String> columns = new ArrayList<>();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "upsert (the default with --key), append (the default without), or replace, which swaps the"
                    + " table's content.")
    private IngestSpec.@Nullable Mode mode;

    @Option(
            names = "--on-conflict",
            paramLabel = "ACTION",
            description = "What happens to a row whose key is in the table: update (the default), ignore or error.")
    private IngestSpec.@Nullable OnConflict onConflict;

    @Option(
            names = "--duplicates",
            paramLabel = "WHICH",
            description = "Which of several rows with one key is loaded: last (the default), first, or error to fail.")
    private IngestSpec.@Nullable Duplicates duplicates;

    @Option(names = "--create", description = "Create the table if it does not exist, with keys as its primary key.")
    private boolean isCreated;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "The output format: text, or the job with its status as json or yaml.")
    private ResultFormat output;

    @Override
    void operation(ManifestDraft draft, ObjectNode operation) {
        ObjectNode ingest = operation.putObject("ingest");
        ingest.putObject("database").putObject("secret").put("name", secretName());
        ingest.put("table", table);
        for (String column : columns) {
            for (List<String> parts : ItemList.items("--column", column)) {
                add(ingest.withArray("columns").addObject(), column, parts);
            }
        }
        if (keys != null) {
            ItemList.names("--key", keys).forEach(ingest.putArray("keys")::add);
        }
        put(ingest, "mode", mode == null && keys == null ? IngestSpec.Mode.APPEND : mode);
        put(ingest, "onConflict", onConflict);
        put(ingest, "duplicates", duplicates);
        if (isCreated) {
            ingest.put("createTable", true);
        }
        if (database != null) {
            draft.from(Secrets.DATABASE_URL, "--db");
        }
        draft.from(PATH + "database", "--db-secret")
                .from(PATH + "table", "--table")
                .from(PATH + "columns", "--column")
                .from(PATH + "keys", "--key")
                .from(PATH + "mode", "--mode")
                .from(PATH + "onConflict", "--on-conflict")
                .from(PATH + "duplicates", "--duplicates")
                .from(PATH + "createTable", "--create");
        draft.comment("Create the Secret, on a cluster, with:");
        draft.comment("kubectl create secret generic " + secretName() + " --from-literal=url=\"$DATABASE_URL\"");
    }

    private static void add(ObjectNode column, String text, List<String> parts) {
        if (parts.size() > 3) {
            throw new JobFailedException(ExitCode.USAGE, "--column " + text + ": more than FROM:TO:TYPE");
        }
        column.put("from", parts.getFirst());
        if (parts.size() > 1 && !parts.get(1).isEmpty()) {
            column.put("to", parts.get(1));
        }
        if (parts.size() > 2 && !parts.get(2).isEmpty()) {
            column.put("type", parts.get(2));
        }
    }

    private static void put(ObjectNode ingest, String field, @Nullable Enum<?> value) {
        if (value != null) {
            ingest.put(field, value.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Returns the name of the Secret: by default a valid name that contains the table's. */
    private String secretName() {
        return secret != null
                ? secret
                : (table + "-db")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-", "");
    }

    @Override
    Secrets secrets() {
        if (database == null) {
            Secrets secrets = super.secrets();
            if (!locations().hasSecret(secretName()) && !secrets.hasDatabase()) {
                throw new JobFailedException(
                        ExitCode.USAGE, "--db: missing; name the database, or set DATABASE_URL or PGHOST");
            }
            return secrets;
        }
        if (database.isBlank()) {
            throw new JobFailedException(ExitCode.USAGE, "--db: the URL is empty; is the variable set?");
        }
        if (locations().hasSecret(secretName())) {
            throw new JobFailedException(
                    ExitCode.USAGE, "--db and --secret " + secretName() + ": both name the database; leave one out");
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Secrets.DATABASE_URL, database);
        return super.secrets().withEnvironment(environment);
    }

    @Override
    @Nullable
    String output() {
        return null;
    }

    @Override
    ResultFormat format() {
        return output;
    }
}
