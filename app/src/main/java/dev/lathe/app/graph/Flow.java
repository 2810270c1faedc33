package dev.lathe.app.graph;

import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A graph flattened for drawing: nodes of bodies (If, Loop, Scan) stand among those of the main graph, and
/// data flows through body borders. Nodes are numbered in order of execution; a control-flow node comes
/// after its bodies.
final class Flow {
    /// Where each operator takes shapes, axes or other small integers instead of data; −1 stands for "all".
    private static final Map<String, List<Integer>> SHAPE_OPERANDS = Map.ofEntries(
            Map.entry("Reshape", List.of(1)),
            Map.entry("Expand", List.of(1)),
            Map.entry("Slice", List.of(1, 2, 3, 4)),
            Map.entry("ConstantOfShape", List.of(0)),
            Map.entry("Tile", List.of(1)),
            Map.entry("Resize", List.of(1, 2, 3)),
            Map.entry("Upsample", List.of(1)),
            Map.entry("Unsqueeze", List.of(1)),
            Map.entry("Squeeze", List.of(1)),
            Map.entry("Range", List.of(0, 1, 2)),
            Map.entry("Pad", List.of(1)),
            Map.entry("Split", List.of(1)),
            Map.entry("TopK", List.of(1)),
            Map.entry("OneHot", List.of(1)));
    private static final Set<String> RANDOM = Set.of(
            "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Multinomial", "Bernoulli");

    final Graph graph;
    final List<Node> nodes = new ArrayList<>();
    /// The graph that each node lies in.
    final List<Graph> owners = new ArrayList<>();
    /// The number of the control-flow node whose body the node lies in, or −1; set once that node is
    /// numbered.
    final List<Integer> bodyOf = new ArrayList<>();
    final Map<NodeId, Integer> number = new HashMap<>();
    /// Numbers of the nodes that produce data for each node, each once, without folded ones.
    final int[][] producers;
    final int[][] consumers;
    /// Makes constants only.
    final BitSet constant = new BitSet();
    /// Makes constants, shapes or indices only.
    final BitSet folded = new BitSet();

    /// Room for the order of blocks: all 0 whenever nobody is at work on it.
    final int[] place;

    /// By the value's index + 1 (an absent value has −1): the producer's number + 1.
    private int[] producer = new int[0];
    private final BitSet constants = new BitSet();

    Flow(Graph graph) {
        this.graph = graph;
        number(graph);
        for (Graph g : new java.util.LinkedHashSet<>(owners)) {
            g.initializers().keySet().forEach(v -> constants.set(at(v)));
        }
        graph.initializers().keySet().forEach(v -> constants.set(at(v)));
        place = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            for (ValueId out : nodes.get(i).outputs()) {
                if (out.isPresent()) {
                    if (at(out) >= producer.length) {
                        producer = Arrays.copyOf(producer, Math.max(2 * producer.length, at(out) + 64));
                    }
                    producer[at(out)] = i + 1;
                }
            }
        }
        findConstants();
        findShapeArithmetic();
        producers = new int[nodes.size()][];
        consumers = connect();
    }

    private void number(Graph g) {
        for (Node n : g.nodes()) {
            int from = nodes.size();
            for (Graph body : n.subgraphs()) {
                number(body);
            }
            int me = nodes.size();
            nodes.add(n);
            owners.add(g);
            bodyOf.add(-1);
            number.put(n.id(), me);
            for (int i = from; i < me; i++) {
                if (bodyOf.get(i) < 0) {
                    bodyOf.set(i, me);
                }
            }
        }
    }

    private static int at(ValueId value) {
        return value.index() + 1;
    }

    /// The number of the node that produces the value, −1 for inputs and initializers.
    int producerOf(ValueId value) {
        return at(value) < producer.length ? producer[at(value)] - 1 : -1;
    }

    boolean isConstant(ValueId value) {
        return constants.get(at(value));
    }

    private void findConstants() {
        for (int i = 0; i < nodes.size(); i++) {
            Node n = nodes.get(i);
            boolean all = !n.inputs().isEmpty() && n.subgraphs().isEmpty() && !RANDOM.contains(n.op());
            for (ValueId in : n.inputs()) {
                all &= !in.isPresent() || isConstant(in);
            }
            if (all || n.op().equals("Constant")) {
                constant.set(i);
                folded.set(i);
                n.outputs().forEach(v -> constants.set(at(v)));
            }
        }
    }

    private void findShapeArithmetic() {
        BitSet anyUse = new BitSet();
        BitSet dataUse = new BitSet();
        for (Graph g : new java.util.LinkedHashSet<>(owners)) {
            g.outputs().forEach(o -> use(o, true, anyUse, dataUse));
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node n = nodes.get(i);
            boolean used = false;
            boolean data = !n.subgraphs().isEmpty();
            for (ValueId out : n.outputs()) {
                used |= anyUse.get(at(out));
                data |= dataUse.get(at(out));
            }
            boolean shape = n.op().equals("Shape") || n.op().equals("Size") || used && !data;
            if (shape) {
                folded.set(i);
            }
            List<Integer> operands = SHAPE_OPERANDS.getOrDefault(n.op(), List.of());
            for (int k = 0; k < n.inputs().size(); k++) {
                boolean asShape = shape || operands.contains(k);
                use(n.inputs().get(k), !asShape, anyUse, dataUse);
            }
            for (Graph body : n.subgraphs()) {
                body.captures().forEach(c -> use(c, true, anyUse, dataUse));
            }
        }
    }

    private static void use(ValueId value, boolean data, BitSet anyUse, BitSet dataUse) {
        anyUse.set(at(value));
        if (data) {
            dataUse.set(at(value));
        }
    }

    private int[][] connect() {
        List<List<Integer>> down = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            down.add(new ArrayList<>(2));
        }
        for (int i = 0; i < nodes.size(); i++) {
            Node n = nodes.get(i);
            List<Integer> from = new ArrayList<>(4);
            int me = i;
            if (!folded.get(i)) {
                for (ValueId in : n.inputs()) {
                    feed(in, i, from);
                }
                for (Graph body : n.subgraphs()) {
                    body.outputs().forEach(o -> feed(o, me, from));
                }
            }
            producers[i] = from.stream().mapToInt(Integer::intValue).toArray();
            for (int p : producers[i]) {
                down.get(p).add(i);
            }
        }
        return down.stream()
                .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private void feed(ValueId value, int to, List<Integer> from) {
        int p = producerOf(value);
        if (p >= 0 && p != to && !folded.get(p) && !from.contains(p)) {
            from.add(p);
        }
    }
}
