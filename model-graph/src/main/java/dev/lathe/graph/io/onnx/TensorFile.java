package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Tensor;
import java.nio.file.Path;

/// A file that holds one TensorProto, as the standard's test data does for inputs and outputs.
public record TensorFile(String name, Tensor tensor) {

    /// Reads the tensor without touching its bytes. @throws LatheException when the file is no such tensor or
    /// cannot be read
    public static TensorFile read(Path file, JobContext context) throws LatheException {
        TensorReader.Named read =
                MappedWalk.of(file, context, (f, r) -> TensorReader.initializer(Reading.of(f, context), r));
        return new TensorFile(read.name(), read.tensor());
    }
}
