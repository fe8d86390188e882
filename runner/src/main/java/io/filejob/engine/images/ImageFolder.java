package io.filejob.engine.images;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.ContentHeaders;
import io.filejob.file.IoReason;
import io.filejob.file.ResultFolder;
import io.filejob.image.ImageFormat;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The folder, or prefix in a bucket, in which the workers of a job store images. Names depend on the content, so that two
 * workers never store different images under one name, and an image that exists is not stored again. Before a worker
 * stores the images of a slice, it writes a list of them ({@link ImageLists}): whenever it is killed, its job knows which
 * images it has added. Images that existed before, or that the lists of another job name, are never deleted. Failures are
 * {@link JobFailedException}s that name the image. For one thread.
 */
public final class ImageFolder {
    /** Name of the folder of the lists. */
    private static final String LISTS = ".filejob";

    /** An image never changes under its name, so that caches may keep it for a year. */
    private static final String CACHE_CONTROL = "public, max-age=31536000, immutable";

    /** Number of lists that are read at once. */
    private static final int LISTS_AT_ONCE = 64;
    /** Number of images that are deleted before the lists of other jobs are read again. */
    private static final int DELETED_AT_ONCE = 64;

    private final String uri;
    private final ResultFolder images;
    private final ImageLists lists;
    /** Images that were added after another worker had finished the job, and deleted their list. */
    private final Set<String> unlisted = new HashSet<>();

    private ImageFolder(String uri, ResultFolder images, ImageLists lists) {
        this.uri = uri;
        this.images = images;
        this.lists = lists;
    }

    /**
     * An image to be stored.
     *
     * @param name its name, from {@link #name}
     * @param format its format
     * @param file its content
     */
    public record NewImage(String name, ImageFormat format, Path file) {
        private ContentHeaders headers() {
            return new ContentHeaders(format.contentType(), CACHE_CONTROL);
        }

        private long size() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new JobFailedException(
                        ExitCode.STORE_LOST, "the file " + file + " cannot be read: " + IoReason.of(e), e);
            }
        }
    }

    /** Opens the folder at {@code uri}, which need not exist, for an attempt of a worker of {@code job}. */
    public static ImageFolder open(Storage storage, String uri, String job, String attempt) {
        return new ImageFolder(
                uri, storage.results(uri), new ImageLists(storage.results(Storage.below(uri, LISTS)), job, attempt));
    }

    /**
     * Returns the name of an image.
     *
     * @param serial the serial number of its row
     * @param n its position among the URLs of the row, from 1
     * @param sha256 the digest of its content
     */
    public static String name(String serial, int n, byte[] sha256, ImageFormat format) {
        return ImageName.of(serial, n, sha256, format);
    }

    /** Returns the path or URI of an image, which begins with that of the folder in the spec. */
    public String uri(String name) {
        return Storage.below(uri, name);
    }

    /** Checks, as far as that is cheap, whether images can be stored; fails with {@link ExitCode#NO_OUTPUT}. */
    public void check() {
        images.check();
    }

    /** Returns whether there is an image of this name. */
    public boolean exists(String name) {
        return images.size(name).isPresent();
    }

    /**
     * Stores the images of {@code slice}, several at once; they are durable when the method returns. After a failure, some
     * of them may be stored.
     */
    public void store(int slice, List<NewImage> all) {
        if (all.isEmpty()) {
            return;
        }
        Map<String, NewImage> byName = new LinkedHashMap<>();
        all.forEach(image -> byName.putIfAbsent(image.name(), image));
        Set<String> added = new LinkedHashSet<>();
        Set<String> existing = new LinkedHashSet<>();
        List<NewImage> distinct = List.copyOf(byName.values());
        List<Boolean> stored = ParallelRequests.send(distinct, this::isStored);
        for (int i = 0; i < distinct.size(); i++) {
            (stored.get(i) ? existing : added).add(distinct.get(i).name());
        }
        String list = lists.write(slice, added, existing);
        ParallelRequests.send(distinct, image -> {
            // Until the list was there, another job may have deleted an image that it had added itself.
            if (added.contains(image.name()) || !isStored(image)) {
                images.put(image.name(), image.file(), image.headers());
            }
            return image;
        });
        if (!lists.exists(list)) {
            unlisted.addAll(added);
        }
    }

    /** Returns whether the image is there completely; one of another size is damaged. */
    private boolean isStored(NewImage image) {
        OptionalLong size = images.size(image.name());
        return size.isPresent() && size.getAsLong() == image.size();
    }

    /**
     * Deletes the images that this job has added and that are not {@code referenced}, such as those of killed workers;
     * to be called when the whole job is committed. A call that did not return is completed by the next one, or by {@link
     * #remove}.
     */
    public void finish(Predicate<String> referenced) {
        Set<String> garbage = new LinkedHashSet<>(unlisted);
        // Another worker may finish the job at the same time, and end before its images are deleted.
        for (List<String> mine = lists.ofJob(); !mine.isEmpty() || !garbage.isEmpty(); mine = lists.ofJob()) {
            for (List<String> group : ImageLists.groups(mine, LISTS_AT_ONCE)) {
                Set<String> named = new LinkedHashSet<>();
                Set<String> added = lists.added(group, named);
                garbage.addAll(added);
                garbage.removeIf(referenced);
                named.addAll(added);
                keepFromOthers(named, referenced);
            }
            garbage.removeIf(referenced);
            List<String> all = new ArrayList<>(mine);
            all.add(lists.writeGarbage(garbage));
            deleteRecorded(all, garbage);
            garbage.clear();
        }
        unlisted.clear();
        tidy();
    }

    /** Records the images among {@code named} that this job refers to, and that another job could take for its own. */
    private void keepFromOthers(Set<String> named, Predicate<String> referenced) {
        lists.retainUsed(named);
        named.removeIf(referenced.negate());
        if (!named.isEmpty()) {
            lists.writeFinished(named);
        }
    }

    /**
     * Deletes the lists of slices among {@code all} lists, the recorded {@code garbage}, and then the other lists. Returns
     * the number of images.
     */
    private int deleteRecorded(List<String> all, Collection<String> garbage) {
        lists.delete(all.stream().filter(list -> !lists.isGarbage(list)).toList());
        int deleted = delete(garbage);
        lists.delete(all.stream().filter(lists::isGarbage).toList());
        return deleted;
    }

    /**
     * Deletes all images that this job, which has not been committed, has added. If {@link #finish} was called before, it
     * deletes only the images that were left then. Returns a description of the deleted images; an empty text if there
     * were none.
     */
    public String remove() {
        List<String> mine = lists.ofJob();
        List<String> recorded = mine.stream().filter(lists::isGarbage).toList();
        int deleted = 0;
        if (recorded.isEmpty()) {
            for (List<String> group : ImageLists.groups(mine, LISTS_AT_ONCE)) {
                deleted += delete(lists.added(group, new HashSet<>()));
                lists.delete(group);
            }
        } else {
            deleted = deleteRecorded(mine, lists.added(recorded, new HashSet<>()));
        }
        tidy();
        return deleted == 0 ? "" : String.format(Locale.ROOT, "%,d images in %s", deleted, uri);
    }

    private int delete(Collection<String> names) {
        int deleted = 0;
        for (List<String> group : ImageLists.groups(new ArrayList<>(names), DELETED_AT_ONCE)) {
            Set<String> unused = new LinkedHashSet<>(group);
            lists.retainUnused(unused);
            deleted += (int) ParallelRequests.send(unused, this::delete).stream()
                    .filter(wasThere -> wasThere)
                    .count();
        }
        return deleted;
    }

    /** Deletes an image, but not a folder of this name; returns whether it was there. */
    private boolean delete(String name) {
        boolean wasThere = exists(name);
        if (wasThere) {
            images.delete(name);
        }
        return wasThere;
    }

    private void tidy() {
        images.removeUnfinished();
        lists.tidy();
    }
}
