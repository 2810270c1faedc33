package dev.lathe.profile.random;

import dev.lathe.graph.DType;
import dev.lathe.profile.mutant.AttributePart;
import dev.lathe.profile.mutant.DimPart;
import dev.lathe.profile.mutant.GraphPart;
import dev.lathe.profile.mutant.ModelPart;
import dev.lathe.profile.mutant.NodePart;
import dev.lathe.profile.mutant.ShapePart;
import dev.lathe.profile.mutant.ValuePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// A graph that grows by one node after the other. Each is run alone as it comes, so that the tensors' contents are
/// known; one that ONNX Runtime refuses is left out.
final class RandomGraph {
    static final String INPUT = "x";
    static final List<String> NAMES = List.of("A", "B", "C");
    static final List<Long> SIZES = List.of(2L, 3L, 4L);
    private static final int LARGEST = 4000;
    private static final double WIDEST = 0x1p31;

    final SplittableRandom random;
    private final Map<String, Held> tensors = new LinkedHashMap<>();
    private final Map<String, Held> constants = new LinkedHashMap<>();
    private final List<NodePart> nodes = new ArrayList<>();
    private int made;

    RandomGraph(long seed) {
        random = new SplittableRandom(seed);
        double[] content = new double[24];
        for (int i = 0; i < content.length; i++) {
            content[i] = i;
        }
        tensors.put(INPUT, new Held(DType.FLOAT32, SIZES, content));
        String unused = constant(Held.ints(1, 2));
        unused = constant(Held.scalar(DType.INT64, 3));
    }

    Held held(String name) {
        return tensors.get(name);
    }

    /// The node that makes a tensor, for people.
    String producer(String tensor) {
        return nodes.stream()
                .filter(n -> n.getOutputList().contains(tensor))
                .map(n -> n.getOpType() + n.getInputList())
                .findFirst()
                .orElse("?");
    }

    /// Tensors that nodes made.
    Map<String, Held> made() {
        Map<String, Held> all = new LinkedHashMap<>(tensors);
        all.keySet().removeAll(constants.keySet());
        all.remove(INPUT);
        return all;
    }

    String constant(Held content) {
        String name = "c" + constants.size();
        constants.put(name, content);
        tensors.put(name, content);
        return name;
    }

    String ints(long... values) {
        return constant(Held.ints(values));
    }

    /// Any tensor of the kind; more often one that a node made.
    Optional<String> any(Predicate<Held> kind) {
        List<String> all = new ArrayList<>();
        List<String> computed = new ArrayList<>();
        tensors.forEach((name, held) -> {
            if (kind.test(held)) {
                all.add(name);
                if (name.startsWith("v")) {
                    computed.add(name);
                }
            }
        });
        List<String> from = !computed.isEmpty() && chance(0.8) ? computed : all;
        return from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /// From `least` to `most`, both of them too.
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    /// An axis of the tensor, counted from the front or from the back.
    int axis(Held of) {
        return between(-of.rank(), of.rank() - 1);
    }

    /// @param inputs "" for one that is left out
    void add(String op, List<String> inputs, int outputs, AttributePart... attributes) {
        NodePart.Builder node = NodePart.newBuilder().setOpType(op).addAllInput(inputs);
        for (int i = 0; i < outputs; i++) {
            node.addOutput("v" + (made + i));
        }
        node.addAllAttribute(List.of(attributes));
        Map<String, Held> given = new HashMap<>();
        inputs.stream().filter(i -> !i.isEmpty()).forEach(i -> given.put(i, tensors.get(i)));
        Optional<List<Held>> results = OneNode.run(node.build(), given);
        if (results.isEmpty() || results.get().stream().anyMatch(RandomGraph::isTooMuch)) {
            return;
        }
        nodes.add(node.build());
        for (Held h : results.get()) {
            tensors.put("v" + made, h);
            made++;
        }
    }

    int size() {
        return made;
    }

    private static boolean isTooMuch(Held h) {
        if (h.size() > LARGEST) {
            return true;
        }
        for (double n : h.numbers()) {
            // What floats beyond whole numbers become is the processor's business.
            if (!(Math.abs(n) <= WIDEST)) {
                return true;
            }
        }
        return false;
    }

    /// @param named whether the input's sizes are names
    ModelPart model(boolean named) {
        GraphPart.Builder graph = GraphPart.newBuilder().setName("random").addAllNode(nodes);
        constants.forEach((name, held) -> graph.addInitializer(OneNode.constant(name, held)));
        ShapePart.Builder shape = ShapePart.newBuilder();
        for (int i = 0; i < SIZES.size(); i++) {
            shape.addDim(
                    named
                            ? DimPart.newBuilder().setDimParam(NAMES.get(i))
                            : DimPart.newBuilder().setDimValue(SIZES.get(i)));
        }
        ValuePart.Builder input = OneNode.value(INPUT, tensors.get(INPUT));
        input.getTypeBuilder().getTensorTypeBuilder().setShape(shape);
        graph.addInput(input);
        made().forEach((name, held) -> graph.addOutput(OneNode.value(name, held)));
        return OneNode.model(graph);
    }
}
