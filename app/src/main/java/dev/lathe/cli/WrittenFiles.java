package dev.lathe.cli;

import dev.lathe.report.ModelBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The data files of a model that was written, and those of the model in whose place it was written that it does
/// not need: they stay where they are, since another model may.
record WrittenFiles(List<Path> data, List<Path> unused) {

    /// @param before all files of the model that was read, when it was replaced; else none
    /// @param after all files of the model that was written to `target`
    static WrittenFiles of(Path target, Set<Path> before, Set<Path> after) {
        List<Path> data = new ArrayList<>(after);
        data.remove(ModelBytes.place(target));
        List<Path> unused = new ArrayList<>(before);
        unused.removeAll(after);
        unused.removeIf(f -> !Files.exists(f));
        return new WrittenFiles(data, unused);
    }

    String words() {
        StringBuilder text = new StringBuilder();
        if (!data.isEmpty()) {
            text.append("data files: ").append(few(data)).append('\n');
        }
        if (!unused.isEmpty()) {
            text.append("no longer used by this model, left where they are: ")
                    .append(few(unused))
                    .append('\n');
        }
        return text.toString();
    }

    static List<String> names(List<Path> files) {
        return files.stream().map(Path::getFileName).map(String::valueOf).toList();
    }

    private static String few(List<Path> files) {
        List<String> names = names(files);
        return names.size() <= 5
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 4)) + " and " + (names.size() - 4) + " more";
    }
}
