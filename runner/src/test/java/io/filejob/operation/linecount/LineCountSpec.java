package io.filejob.operation.linecount;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.filejob.spec.Operation;
import org.jspecify.annotations.Nullable;

/** The settings of {@code lineCount}: {@code unit} names the counted rows. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LineCountSpec(@Nullable String unit) implements Operation {}
