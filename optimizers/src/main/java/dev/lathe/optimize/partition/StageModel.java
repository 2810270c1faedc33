package dev.lathe.optimize.partition;

import dev.lathe.graph.Model;
import dev.lathe.graph.target.Stage;
import java.util.List;

/// One stage of a placed model as a model of its own.
///
/// Its inputs are `modelInputs` (inputs of the whole model that this stage uses) and `carriedIn` (tensors that
/// earlier stages made); its outputs are `modelOutputs` and `carriedOut` (tensors that later stages use). A
/// tensor has the same name in every stage that has it.
public record StageModel(
        Stage stage,
        Model model,
        List<String> modelInputs,
        List<String> carriedIn,
        List<String> modelOutputs,
        List<String> carriedOut) {
    public StageModel {
        modelInputs = List.copyOf(modelInputs);
        carriedIn = List.copyOf(carriedIn);
        modelOutputs = List.copyOf(modelOutputs);
        carriedOut = List.copyOf(carriedOut);
    }

    /// A file name for this stage, e.g. `minilm.stage-1.onnx` (stages count from 1 for people).
    public String fileName(String base) {
        return base + ".stage-" + (stage.index() + 1) + ".onnx";
    }
}
