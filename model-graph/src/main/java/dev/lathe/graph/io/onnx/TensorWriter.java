package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.util.List;
import java.util.function.Predicate;

/// Writes TensorProto: numbers as raw data (whatever field they came from), strings as string data, and
/// external tensors as a place in a data file.
final class TensorWriter {
    private final DataFiles dataFiles;
    private final Predicate<Tensor> external;

    /// @param external which initializers go to the data files
    TensorWriter(DataFiles dataFiles, Predicate<Tensor> external) {
        this.dataFiles = dataFiles;
        this.external = external;
    }

    WireWriter initializer(String name, Tensor tensor) throws LatheException {
        WireWriter w = header(tensor).string(Proto.TensorField.NAME, name);
        return content(w, name, tensor, external.test(tensor));
    }

    /// A tensor in an attribute; runtimes want those inside the model.
    WireWriter attribute(String owner, Tensor tensor) throws LatheException {
        return content(header(tensor), owner, tensor, false);
    }

    private static WireWriter header(Tensor tensor) {
        WireWriter w = new WireWriter();
        for (long d : tensor.dims()) {
            w.varint(Proto.TensorField.DIMS, d);
        }
        return w.varint(Proto.TensorField.DATA_TYPE, tensor.dtype().onnxCode());
    }

    private WireWriter content(WireWriter w, String name, Tensor tensor, boolean outside) throws LatheException {
        Extra extra = ExternalMark.without(tensor.extra());
        switch (tensor.data()) {
            case Weights.Missing(long size, String reason) -> {
                // Content that does not fit is written as it came, with the other fields.
                if (!OddContent.isIn(tensor)) {
                    throw new LatheException(Diagnostic.error(
                            "weights-missing", "cannot be written: " + reason, new Place.AtValue(name)));
                }
            }
            case Weights.Strings(List<String> values) -> {
                // Strings that are not UTF-8 travel in their original form.
                if (!ExtraScan.has(extra, Proto.TensorField.STRING_DATA)) {
                    for (String v : values) {
                        w.string(Proto.TensorField.STRING_DATA, v);
                    }
                }
            }
            case Weights.Mapped m -> numbers(w, m, name, outside);
            case Weights.Heap h -> numbers(w, h, name, outside);
            case Weights.Splat s -> numbers(w, s, name, outside);
        }
        return w.extra(besides(extra, tensor, outside));
    }

    /// What the file had besides the content that counts, but not where it would stand in its place.
    private static Extra besides(Extra extra, Tensor tensor, boolean outside) {
        return switch (tensor.data()) {
            case Weights.Missing m -> extra;
            case Weights.Strings s -> extra;
            case Weights.Mapped m -> ExtraScan.only(extra, inPlaceOf(outside), false);
            case Weights.Heap h -> ExtraScan.only(extra, inPlaceOf(outside), false);
            case Weights.Splat s -> ExtraScan.only(extra, inPlaceOf(outside), false);
        };
    }

    private static int inPlaceOf(boolean outside) {
        return outside ? Proto.TensorField.EXTERNAL_DATA : Proto.TensorField.RAW_DATA;
    }

    private void numbers(WireWriter w, Weights weights, String name, boolean outside) {
        if (!outside) {
            w.weights(Proto.TensorField.RAW_DATA, weights);
            return;
        }
        DataFiles.Place place = dataFiles.place(name, weights);
        entry(w, "location", place.location());
        entry(w, "offset", Long.toString(place.offset()));
        entry(w, "length", Long.toString(weights.byteSize()));
        w.varint(Proto.TensorField.DATA_LOCATION, 1);
    }

    private static void entry(WireWriter w, String key, String value) {
        w.message(
                Proto.TensorField.EXTERNAL_DATA,
                new WireWriter().string(Proto.EntryField.KEY, key).string(Proto.EntryField.VALUE, value));
    }
}
