package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import java.util.List;

/// Writes TensorProto: numbers as raw data (whatever field they came from), strings as string data, and
/// external tensors as a place in a data file.
final class TensorWriter {
    private final DataFiles dataFiles;
    private final ExternalChoice external;
    private final DataChecksums checksums;

    /// @param external which tensors go to the data files
    TensorWriter(DataFiles dataFiles, ExternalChoice external, DataChecksums checksums) {
        this.dataFiles = dataFiles;
        this.external = external;
        this.checksums = checksums;
    }

    WireWriter initializer(String name, Tensor tensor) throws LatheException {
        WireWriter w = header(tensor).string(Proto.TensorField.NAME, name);
        return content(w, name, withoutName(tensor), external.initializer(tensor));
    }

    /// One that was in an attribute may have kept the name that it had there.
    private static Tensor withoutName(Tensor tensor) {
        return ExtraScan.has(tensor.extra(), Proto.TensorField.NAME)
                ? new Tensor(
                        tensor.dtype(),
                        tensor.dims(),
                        tensor.data(),
                        ExtraScan.only(tensor.extra(), Proto.TensorField.NAME, false))
                : tensor;
    }

    /// A tensor in an attribute.
    WireWriter attribute(String owner, Tensor tensor) throws LatheException {
        return content(header(tensor), owner, tensor, external.attribute(tensor));
    }

    private static WireWriter header(Tensor tensor) {
        WireWriter w = new WireWriter();
        for (long d : tensor.dims()) {
            w.varint(Proto.TensorField.DIMS, d);
        }
        return w.varint(Proto.TensorField.DATA_TYPE, tensor.dtype().onnxCode());
    }

    private WireWriter content(WireWriter w, String name, Tensor tensor, boolean outside) throws LatheException {
        switch (tensor.data()) {
            case Weights.Missing(long size, String reason) -> {
                // Content that does not fit is written as it came, with the other fields.
                if (!OddContent.isIn(tensor)) {
                    throw new LatheException(Diagnostic.error(
                            "weights-missing", "cannot be written: " + reason, new Place.AtValue(name)));
                }
                return w.extra(ExternalMark.without(tensor.extra()));
            }
            case Weights.Strings(List<String> values) -> {
                Extra extra = ExternalMark.without(tensor.extra());
                // Strings that are not UTF-8 travel in their original form.
                if (!ExtraScan.has(extra, Proto.TensorField.STRING_DATA)) {
                    for (String v : values) {
                        w.string(Proto.TensorField.STRING_DATA, v);
                    }
                }
                return w.extra(extra);
            }
            case Weights.Mapped m -> {
                return outside ? outside(w, m, name, tensor.extra()) : inside(w, m, tensor.extra());
            }
            case Weights.Heap h -> {
                return outside ? outside(w, h, name, tensor.extra()) : inside(w, h, tensor.extra());
            }
            case Weights.Splat s -> {
                return outside ? outside(w, s, name, tensor.extra()) : inside(w, s, tensor.extra());
            }
        }
    }

    /// A tensor that lay in a data file leaves what it says of that file behind.
    private static WireWriter inside(WireWriter w, Weights weights, Extra extra) {
        Extra besides = ExtraScan.only(extra, Proto.TensorField.RAW_DATA, false);
        return w.weights(Proto.TensorField.RAW_DATA, weights)
                .extra(ExternalMark.isOn(extra) ? withoutEntries(ExternalMark.without(besides)) : besides);
    }

    private WireWriter outside(WireWriter w, Weights weights, String name, Extra extra) {
        DataFiles.Place place = dataFiles.place(name, weights);
        ExternalEntries.entry(w, ExternalEntries.LOCATION, place.location());
        ExternalEntries.entry(w, ExternalEntries.OFFSET, Long.toString(place.offset()));
        ExternalEntries.entry(w, ExternalEntries.LENGTH, Long.toString(weights.byteSize()));
        if (ExternalMark.isOn(extra)) {
            boolean sums = ExternalEntries.hasChecksum(extra);
            ExternalEntries.write(w, extra, sums ? checksums.of(place.location()) : "");
        }
        return w.varint(Proto.TensorField.DATA_LOCATION, 1).extra(withoutEntries(ExternalMark.without(extra)));
    }

    private static Extra withoutEntries(Extra extra) {
        return ExtraScan.only(extra, Proto.TensorField.EXTERNAL_DATA, false);
    }
}
