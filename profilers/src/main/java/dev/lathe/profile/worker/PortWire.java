package dev.lathe.profile.worker;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.worker.wire.Extent;
import dev.lathe.profile.worker.wire.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Inputs and outputs of a session on their way between the processes.
final class PortWire {
    private PortWire() {}

    static Port pack(TensorSpec spec) {
        Port.Builder p = Port.newBuilder()
                .setName(spec.name())
                .setDtype(spec.type().dtype().map(DType::onnxCode).orElse(0));
        if (spec.type().shape() instanceof Shape.Ranked(List<Dim> dims)) {
            for (Dim d : dims) {
                Extent.Builder e = Extent.newBuilder();
                switch (d) {
                    case Dim.Fixed f -> e.setSize(f.size());
                    case Dim.Symbol s -> e.setName(s.name());
                    case Dim.Expr x -> e.setName(x.toString());
                    case Dim.Unknown u -> e.clear();
                }
                p.addExtents(e);
            }
        }
        return p.build();
    }

    static TensorSpec unpack(Port p) {
        List<Dim> dims = new ArrayList<>();
        for (Extent e : p.getExtentsList()) {
            dims.add(
                    switch (e.getIsCase()) {
                        case SIZE -> Dim.of(e.getSize());
                        case NAME -> Dim.symbol(e.getName());
                        case IS_NOT_SET -> Dim.unknown();
                    });
        }
        Optional<DType> dtype = DType.ofOnnxCode(p.getDtype());
        return new TensorSpec(
                p.getName(), dtype.isPresent() ? new ValueType.TensorType(dtype, Shape.of(dims)) : ValueType.unknown());
    }
}
