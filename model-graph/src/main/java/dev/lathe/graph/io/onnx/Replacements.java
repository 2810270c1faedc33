package dev.lathe.graph.io.onnx;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Several [Replacement]s that take their places together: the last of them, which refers to the others, at the end,
/// and if one fails, what was there before comes back.
final class Replacements implements AutoCloseable {
    private final List<Replacement> all = new ArrayList<>();

    Replacement add(Replacement file) {
        all.add(file);
        return file;
    }

    void takePlaces() throws IOException {
        Deque<Replacement> begun = new ArrayDeque<>();
        try {
            for (Replacement data : all.subList(0, all.size() - 1)) {
                begun.push(data);
                data.takePlaceKeepingOld();
            }
            all.getLast().takePlace();
        } catch (IOException e) {
            restore(begun, e);
            throw e;
        }
    }

    private static void restore(Deque<Replacement> begun, IOException why) {
        for (Replacement r : begun) {
            try {
                r.restore();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        all.forEach(Replacement::close);
    }
}
