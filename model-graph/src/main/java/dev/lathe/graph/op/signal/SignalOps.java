package dev.lathe.graph.op.signal;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Signal processing: one line per operator.
public final class SignalOps implements OpFamily {
    @Override
    public String title() {
        return "Signal processing";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new BlackmanWindow(),
                new DFT(),
                new HammingWindow(),
                new HannWindow(),
                new MelWeightMatrix(),
                new STFT());
    }
}
