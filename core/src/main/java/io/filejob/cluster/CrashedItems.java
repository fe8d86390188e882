package io.filejob.cluster;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The items of slices, such as images, that have been in progress in at least {@link #DEATHS} workers when these died, and
 * that are not tried again. As text, they are pairs {@code slice:item}, separated by commas.
 *
 * @param items the items in ascending order
 */
public record CrashedItems(Set<Item> items) {
    /** Number of deaths during an item that are not a coincidence. */
    public static final int DEATHS = 2;

    /** No items. */
    public static final CrashedItems NONE = new CrashedItems(Set.of());

    /** Maximum length of the text; the operator keeps longer annotations as digests only. */
    private static final int MAX_LENGTH = 1000;

    private static final Pattern PAIR = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

    /**
     * An item of a slice.
     *
     * @param slice the number of the slice
     * @param item the number of the item in its slice, from 0
     */
    public record Item(int slice, int item) {}

    /** Parses {@code text}, which may be absent; anything but pairs is ignored. */
    public static CrashedItems parse(@Nullable String text) {
        Set<Item> items = sorted();
        for (String pair : (text == null ? "" : text).strip().split(",", -1)) {
            Matcher matcher = PAIR.matcher(pair);
            if (matcher.matches()) {
                items.add(new Item(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
            }
        }
        return new CrashedItems(items);
    }

    private static Set<Item> sorted() {
        return new TreeSet<>(Comparator.comparingInt(Item::slice).thenComparingInt(Item::item));
    }

    /** Returns these items and {@code item}, unless there are too many already. */
    public CrashedItems with(Item item) {
        Set<Item> more = sorted();
        more.addAll(items);
        more.add(item);
        CrashedItems all = new CrashedItems(more);
        return all.text().length() > MAX_LENGTH ? this : all;
    }

    /** Returns the numbers of the items of {@code slice}. */
    public Set<Integer> of(int slice) {
        return items.stream()
                .filter(item -> item.slice() == slice)
                .map(Item::item)
                .collect(Collectors.toSet());
    }

    /** Returns the text that {@link #parse} reads. */
    public String text() {
        return items.stream().map(item -> item.slice() + ":" + item.item()).collect(Collectors.joining(","));
    }
}
