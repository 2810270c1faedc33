package dev.lathe.graph.io.onnx;

import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.WeightPlacement.Division;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files beside an exported model that its external tensors go to, as a [Division] says.
final class DataFiles {
    private static final String ENDING = ".data";
    private static final int LONGEST_TENSOR_NAME = 100;

    private final Division division;
    private final DataPlace names;
    private final List<DataFile> files = new ArrayList<>();

    /// Where a tensor's bytes lie, as it says itself.
    record Place(String location, long offset) {}

    DataFiles(Division division, DataPlace names) {
        this.division = division;
        this.names = names;
    }

    Place place(String tensor, Weights weights) {
        DataFile file = fileFor(tensor, weights);
        return new Place(file.name(), file.place(weights));
    }

    private DataFile fileFor(String tensor, Weights weights) {
        Optional<DataFile> last = files.isEmpty() ? Optional.empty() : Optional.of(files.getLast());
        return switch (division) {
            case Division.OneFile one -> last.orElseGet(() -> add(ENDING));
            case Division.PerTensor each -> add("." + fileName(tensor) + ENDING);
            case Division.AtMost(long bytes) ->
                last.filter(f -> f.hasRoomFor(weights, bytes))
                        .orElseGet(() -> add(files.isEmpty() ? ENDING : ENDING + "_" + files.size()));
        };
    }

    private DataFile add(String ending) {
        DataFile file = new DataFile(names.free(ending));
        files.add(file);
        return file;
    }

    /// What every file system takes; the end of a long name tells more than its beginning.
    private static String fileName(String tensor) {
        String plain = tensor.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.substring(Math.max(0, plain.length() - LONGEST_TENSOR_NAME));
    }

    List<DataFile> files() {
        return files;
    }

    long size() {
        return files.stream().mapToLong(DataFile::size).sum();
    }
}
