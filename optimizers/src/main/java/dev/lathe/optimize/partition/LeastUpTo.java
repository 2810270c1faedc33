package dev.lathe.optimize.partition;

import java.util.Arrays;

/// Values with keys, of which it finds the least among those with keys up to a bound; of equal ones the first that
/// was put. A binary indexed tree over the sorted keys: O(log n) for each question.
final class LeastUpTo {
    private static final int NONE = -1;

    private final long[] keys;
    private final long[] sorted;
    private final long[] values;
    private final int[] tree;

    /// @param keys of all items that may be put, by item
    LeastUpTo(long[] keys) {
        this.keys = keys;
        this.sorted = Arrays.stream(keys).sorted().distinct().toArray();
        this.values = new long[keys.length];
        this.tree = new int[sorted.length + 1];
        Arrays.fill(tree, NONE);
    }

    void put(int item, long value) {
        values[item] = value;
        for (int i = Arrays.binarySearch(sorted, keys[item]) + 1; i < tree.length; i += i & -i) {
            if (tree[i] == NONE || value < values[tree[i]]) {
                tree[i] = item;
            }
        }
    }

    /// The item with the least value; −1 when no item's key is up to the bound.
    int least(long bound) {
        int found = Arrays.binarySearch(sorted, bound);
        int best = NONE;
        for (int i = found >= 0 ? found + 1 : -found - 1; i > 0; i -= i & -i) {
            if (tree[i] != NONE && (best == NONE || less(tree[i], best))) {
                best = tree[i];
            }
        }
        return best;
    }

    private boolean less(int a, int b) {
        return values[a] < values[b] || values[a] == values[b] && a < b;
    }

    long value(int item) {
        return values[item];
    }
}
