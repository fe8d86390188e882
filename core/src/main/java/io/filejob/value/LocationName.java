package io.filejob.value;

import io.filejob.failure.JobFailedException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.regex.Pattern;

/** Brings names of places into a single spelling, without a look at any file system. */
public final class LocationName {
    /** The folder of the manifest, or one above it. */
    private static final Pattern UP = Pattern.compile("|[.][.](/[.][.])*");

    private LocationName() {}

    /**
     * Returns a path without {@code .} and empty names, and without {@code ..} where the folder is known; an object's URI with its
     * key decoded. {@link JobFailedException} for a URI that has a host or is badly encoded.
     */
    public static String normal(String place) {
        if (place.startsWith(Location.S3_SCHEME)) {
            return PercentDecoding.decode(place);
        }
        FileLocation file = FileLocation.of(place);
        String path = file.isUri() ? PercentDecoding.decode(file.text()) : file.text();
        Deque<String> names = new ArrayDeque<>();
        for (String name : path.split("/", -1)) {
            if (!name.equals("..")) {
                if (!name.isEmpty() && !name.equals(".")) {
                    names.addLast(name);
                }
            } else if (!names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!path.startsWith("/")) {
                names.addLast(name);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", names);
    }

    /** Returns the name of a folder: of a prefix in a bucket, without the slash at its end. */
    public static String folder(String normal) {
        return normal.startsWith(Location.S3_SCHEME) && normal.endsWith("/")
                ? normal.substring(0, normal.length() - 1)
                : normal;
    }

    /** Returns whether the place {@code name} is certainly at or below {@code folder}, both in their normal spelling. */
    public static boolean isWithin(String name, String folder) {
        if (UP.matcher(folder).matches()) {
            return isRelative(name) && up(name) <= up(folder);
        }
        return name.equals(folder) || name.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    private static boolean isRelative(String name) {
        return !name.startsWith("/") && !name.startsWith(Location.S3_SCHEME);
    }

    /** Returns the number of folders that a relative name goes up. */
    private static long up(String name) {
        return Arrays.stream(name.split("/", -1)).takeWhile(".."::equals).count();
    }
}
