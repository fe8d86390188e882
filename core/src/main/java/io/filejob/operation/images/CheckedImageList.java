package io.filejob.operation.images;

import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.Rejection;
import io.filejob.status.RowCounts;
import java.util.List;

/**
 * A list of images that can be processed.
 *
 * @param partial its images, and where to find them
 * @param rows the numbers of rows
 * @param samples the first bad rows
 */
public record CheckedImageList(ImageListPartial partial, RowCounts rows, List<Rejection> samples) {}
