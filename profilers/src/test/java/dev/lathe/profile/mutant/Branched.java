package dev.lathe.profile.mutant;

import java.util.List;

/// A model that runs one of two others, by a condition that is an input: the first one where it holds.
final class Branched {
    private static final int GRAPH = 5;
    private static final int BOOL = 9;
    private static final String CONDITION = "takes_the_first";
    private static final String PREFIX = "chosen_";

    private Branched() {}

    /// Both have the same inputs, weights and outputs; those of `first` are kept.
    static ModelPart of(ModelPart first, ModelPart second) {
        ModelPart.Builder model = first.toBuilder();
        GraphPart.Builder graph = model.getGraphBuilder();
        NodePart.Builder choice = NodePart.newBuilder()
                .setOpType("If")
                .addInput(CONDITION)
                .addAttribute(branch("then_branch", first.getGraph()))
                .addAttribute(branch("else_branch", second.getGraph()));
        for (ValuePart.Builder output : graph.getOutputBuilderList()) {
            output.setName(PREFIX + output.getName());
            choice.addOutput(output.getName());
        }
        graph.clearNode().addNode(choice);
        graph.addInput(ValuePart.newBuilder()
                .setName(CONDITION)
                .setType(TypePart.newBuilder()
                        .setTensorType(TensorTypePart.newBuilder()
                                .setElemType(BOOL)
                                .setShape(ShapePart.getDefaultInstance()))));
        return model.build();
    }

    private static AttributePart branch(String name, GraphPart of) {
        List<NodePart> nodes = of.getNodeList();
        return AttributePart.newBuilder()
                .setName(name)
                .setType(GRAPH)
                .setG(GraphPart.newBuilder().setName(name).addAllNode(nodes).addAllOutput(of.getOutputList()))
                .build();
    }
}
