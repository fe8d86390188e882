package io.filejob.local;

import io.filejob.job.Coverage;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a local run is done; none of it changes the result.
 *
 * @param base what relative places of the spec are below
 * @param store where the ledgers are kept; if null, where the spec says, else in a temporary folder
 * @param processes whether workers are processes instead of threads
 * @param inlineBytes how many bytes of groups a slice may leave in a ledger; as many as is good if null
 * @param progress told a few times a second what is done; called by one thread
 */
public record LocalOptions(Path base, @Nullable Path store, boolean processes, @Nullable Integer inlineBytes, Consumer<Coverage> progress) {}
