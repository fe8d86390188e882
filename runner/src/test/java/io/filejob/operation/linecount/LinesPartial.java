package io.filejob.operation.linecount;

import io.filejob.ledger.Partial;

/** The number of rows of a slice. */
public record LinesPartial(long lines) implements Partial {}
