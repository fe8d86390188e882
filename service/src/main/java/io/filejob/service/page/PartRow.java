package io.filejob.service.page;

import io.filejob.service.job.ResultPart;

/**
 * A file of an output as the page of its job shows it.
 *
 * @param part the file
 * @param url the URL of its download
 */
record PartRow(ResultPart part, String url) {
    /** Returns the size; empty if it is unknown. */
    public String bytes() {
        Long bytes = part.bytes();
        return bytes == null ? "" : Figures.bytes(bytes);
    }
}
