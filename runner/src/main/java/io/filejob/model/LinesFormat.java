package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

/** One number to a line; it has no settings. */
@JsonAutoDetect
public record LinesFormat() {}
