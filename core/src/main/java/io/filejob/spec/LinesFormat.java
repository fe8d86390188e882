package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

/** Files with one number per line; the format has no settings. */
@JsonAutoDetect
public record LinesFormat() {}
