package io.filejob.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognizes a file of data where a manifest is expected. */
final class DataInsteadOfManifest {
    private static final Pattern NAME =
            Pattern.compile("(?i).*\\.(csv|tsv|psv)(\\.(gz|zst|zip))?|.*\\.(gz|zst|zip|parquet|xlsx)");
    private static final Pattern DELIMITED = Pattern.compile("[^:{}\\[\\]#]+([,;\t|][^:{}\\[\\]#]*)+");

    private DataInsteadOfManifest() {}

    /** Returns what to do instead if {@code path} has the name of a file of data. */
    static Optional<String> byName(Path path) {
        return NAME.matcher(path.toString()).matches() ? Optional.of(advice(path.toString())) : Optional.empty();
    }

    /** Returns what to do instead if {@code text}, which is not a manifest, looks like records with delimiters. */
    static Optional<String> byContent(String file, String text) {
        String first = text.lines().findFirst().orElse("");
        return DELIMITED.matcher(first).matches() ? Optional.of(advice(file)) : Optional.empty();
    }

    private static String advice(String file) {
        return file + ": is data, not a manifest; run for example filejob average -c COLUMN " + file
                + ", or name a manifest with it in spec.input.files";
    }
}
