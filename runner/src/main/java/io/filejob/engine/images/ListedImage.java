package io.filejob.engine.images;

import io.filejob.failure.Excerpt;
import io.filejob.ledger.Rejection;
import io.filejob.operation.images.ImageListRow;

/**
 * An image that a row names.
 *
 * @param file the number of the row's file
 * @param line the physical line in which the row begins
 * @param column the name of the column of URLs
 * @param serial the serial number of the row
 * @param position its position among the URLs of the row, from 1
 * @param url its URL
 */
record ListedImage(int file, long line, String column, String serial, int position, String url) {
    static ListedImage of(ImageListRow row, int position) {
        return new ListedImage(
                row.file(),
                row.line(),
                row.urlsColumn(),
                row.serial(),
                position,
                row.urls().get(position - 1));
    }

    /** Returns the bad record of an image that failed for {@code reason}. */
    Rejection rejection(String reason) {
        return new Rejection(file, line, true, column, reason, Excerpt.cell(url));
    }
}
