package io.filejob.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.ledger.BoundedGzip;
import io.filejob.plan.Compression;
import io.filejob.plan.Cut;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The input files of a job in the cluster as the first worker listed them: an immutable ConfigMap from which all
 * workers and the operator make the same plan.
 *
 * @param fingerprint the fingerprint of that plan
 * @param cut how that plan divides the work; null if an earlier release wrote none
 * @param files the listed files
 */
public record InputListingConfigMap(
        String fingerprint, @Nullable Cut cut, List<InputFile> files) {
    /** Maximum size of a packed listing in bytes; a ConfigMap is limited to 1 MiB. */
    public static final int LIMIT = 900 * 1024;

    /** Maximum size of an unpacked listing in bytes. Writers keep to it, and readers refuse more. */
    public static final int MAX_UNPACKED = 32 * 1024 * 1024;

    /** Further element of an entry for a file that can only be read from its beginning. */
    private static final String WHOLE = "whole";

    /** The beginning of a further element with the compression of a file whose name announces another one. */
    private static final String COMPRESSION = "compression=";

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<List<String>>> ROWS = new TypeReference<>() {};

    /** Copies {@code files}. */
    public InputListingConfigMap {
        files = List.copyOf(files);
    }

    /**
     * Throws {@link JobFailedException} if {@code plan}, made of these files, has another fingerprint than the plan for which
     * they were listed.
     */
    public void check(Plan plan) {
        if (!fingerprint.equals(plan.fingerprint().combined())) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "the job's spec is not the one that its input was listed for, or workers and operator are of"
                            + " different versions: use images of one release, and start a new job");
        }
    }

    /** Returns the packed bytes of a listing; throws {@link JobFailedException} if it is too large. */
    public static byte[] encode(List<InputFile> files) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] rows = JSON.writeValueAsBytes(
                    files.stream().map(InputListingConfigMap::row).toList());
            if (rows.length > MAX_UNPACKED) {
                throw tooLarge(files.size(), rows.length, MAX_UNPACKED);
            }
            gzip.write(rows);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        if (packed.size() > LIMIT) {
            throw tooLarge(files.size(), packed.size(), LIMIT);
        }
        return packed.toByteArray();
    }

    /** Parses the values of a ConfigMap; throws {@link IOException} with the reason if they are not valid. */
    public static InputListingConfigMap decode(
            @Nullable String fingerprint, @Nullable String cut, byte @Nullable [] gzip) throws IOException {
        if (fingerprint == null || gzip == null) {
            throw new IOException(
                    "it needs the annotation " + ClusterNames.FINGERPRINT + " and the key " + ClusterNames.INPUTS_KEY);
        }
        try {
            byte[] bytes = BoundedGzip.unpack(gzip, MAX_UNPACKED)
                    .orElseThrow(() -> new IOException("it unpacks to more than " + MAX_UNPACKED + " bytes"));
            return new InputListingConfigMap(
                    fingerprint,
                    cut == null ? null : Cut.parse(cut),
                    JSON.readValue(bytes, ROWS).stream()
                            .map(InputListingConfigMap::file)
                            .toList());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            throw new IOException("it is not a listing: " + e.getMessage(), e);
        }
    }

    private static List<String> row(InputFile file) {
        List<String> row = new ArrayList<>(List.of(file.name(), Long.toString(file.size()), file.version()));
        if (!file.ranged()) {
            row.add(WHOLE);
        }
        if (!file.isNamedForContent()) {
            row.add(COMPRESSION + file.compression());
        }
        return row;
    }

    private static InputFile file(List<String> row) {
        InputFile file = new InputFile(
                row.get(0),
                Long.parseLong(row.get(1)),
                row.get(2),
                !row.subList(3, row.size()).contains(WHOLE));
        return row.size() > 3 && row.getLast().startsWith(COMPRESSION)
                ? file.compressed(Compression.valueOf(row.getLast().substring(COMPRESSION.length())))
                : file;
    }

    /** Returns the failure for a ConfigMap that is not a valid listing. */
    public static JobFailedException unusable(String name, IOException cause) {
        return new JobFailedException(
                ExitCode.STORE_LOST,
                "the listing in ConfigMap " + name + " cannot be used: " + IoReason.of(cause),
                cause);
    }

    /** Returns the failure for a listing of {@code size} bytes, more than the {@code limit} of a ConfigMap. */
    public static JobFailedException tooLarge(int files, int size, int limit) {
        return new JobFailedException(
                FailureReason.TOO_MANY_FILES,
                String.format(
                        Locale.ROOT,
                        "the listing of the input's %,d files takes %,d bytes, more than the %,d that a"
                                + " ConfigMap holds: name fewer files in spec.input.files, or put them together into"
                                + " larger ones",
                        files,
                        size,
                        limit));
    }
}
