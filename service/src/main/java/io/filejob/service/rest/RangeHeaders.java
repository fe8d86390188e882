package io.filejob.service.rest;

import jakarta.ws.rs.HeaderParam;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request for a file or a part of it (RFC 9110, sections 13 and 14).
 *
 * @param range the wanted part; the whole file if absent
 * @param ifRange the version to which {@code range} applies; another version is sent as a whole
 * @param ifNoneMatch the versions that the caller has
 */
public record RangeHeaders(
        @HeaderParam("Range") @Nullable String range,
        @HeaderParam("If-Range") @Nullable String ifRange,
        @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {}
