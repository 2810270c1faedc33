package dev.lathe.graph.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.architecture.OurClasses;
import dev.lathe.core.JobContext;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.Origin;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.analyze.NodeCost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every operator must keep to, whoever wrote it.
class OpContractTest {
    /// Operators that do no arithmetic although no trait says so: the first holds its value, the others only
    /// pick elements in their default mode.
    private static final Set<String> KNOWN_FREE = Set.of("Constant", "Resize", "Upsample");

    static Collection<OpSpec> operators() {
        return OpCatalog.standard().all();
    }

    @Test
    void everyOperatorClassIsInItsFamilysListAndEveryFamilyIsAService() {
        Set<String> written = OurClasses.implementing(OpSpec.class);
        Set<String> registered =
                operators().stream().map(o -> o.getClass().getName()).collect(Collectors.toSet());
        assertThat(registered).containsExactlyInAnyOrderElementsOf(written);
        assertThat(written).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theSchemaIsSane(OpSpec op) {
        Schema s = op.schema();
        assertThat(s.name()).isNotBlank();
        assertThat(s.since()).isNotEmpty().isSorted().doesNotHaveDuplicates();
        assertThat(s.outputs()).isNotEmpty();
        assertThat(s.inputs()).extracting(Param::name).doesNotHaveDuplicates();
        assertThat(s.outputs()).extracting(Param::name).doesNotHaveDuplicates();
        assertThat(s.attrs()).extracting(AttrSpec::name).doesNotHaveDuplicates();
        assertThat(s.attrs())
                .allMatch(
                        a -> a.otherwise().isEmpty() || a.accepts(a.otherwise().get()));
        List<Param> all = new ArrayList<>(s.inputs());
        all.addAll(s.outputs());
        assertThat(all)
                .allMatch(p -> p.isVariable()
                        || p.type().isEmpty()
                        || DType.ofText(p.type()).isPresent());
        assertThat(s.inputs().stream().limit(Math.max(0, s.inputs().size() - 1)))
                .noneMatch(p -> p.arity() == Param.Arity.VARIADIC);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void nothingKnownAboutTheInputsIsNoError(OpSpec op) {
        for (ValueType type : List.of(
                ValueType.unknown(),
                new ValueType.TensorType(Optional.of(DType.FLOAT32), Shape.unranked()),
                new ValueType.TensorType(Optional.empty(), Shape.of(List.of(Dim.unknown(), Dim.unknown()))))) {
            Analysis analysis = analyse(op, type, widest(op));
            assertThat(analysis.inference().diagnostics())
                    .as("with inputs of type %s", type)
                    .noneMatch(d -> d.message().contains("do not fit together"));
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void anUnknownCostIsNeverZero(OpSpec op) {
        Analysis analysis = analyse(op, ValueType.unknown(), widest(op));
        NodeCost cost = analysis.costs().of(new NodeId(0));
        boolean free = op.is(Trait.DATA_MOVEMENT)
                || op.is(Trait.VIEW)
                || KNOWN_FREE.contains(op.schema().name());
        if (!free) {
            assertThat(cost.flops()).isEqualTo(Dim.unknown());
            assertThat(analysis.costs().unknown()).containsExactly(new NodeId(0));
        }
        boolean sized =
                analysis.type(new ValueId(widest(op))).shape().elements().isPresent();
        if (free && !sized && !op.is(Trait.VIEW) && op.schema().leastInputs() > 0) {
            assertThat(cost.bytesWritten()).isEqualTo(Dim.unknown());
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void inputsOfSizeOneGiveCostsOfAtLeastZero(OpSpec op) {
        Analysis analysis = analyse(
                op,
                ValueType.tensor(DType.FLOAT32, Shape.of(1, 1, 1, 1)),
                op.schema().leastInputs());
        NodeCost cost = analysis.costs().of(new NodeId(0));
        for (Dim d : List.of(cost.macs(), cost.flops(), cost.bytesRead(), cost.bytesWritten())) {
            assertThat(d.fixed().orElse(0)).isNotNegative();
        }
    }

    /// Files hold any number; what is multiplied with one must not run over.
    @ParameterizedTest
    @MethodSource("operators")
    void attributesOfAnySizeGiveCostsOfAtLeastZero(OpSpec op) {
        for (long size : new long[] {-2, 1L << 31, (1L << 30) + 1, (1L << 62) + 1}) {
            Analysis analysis = analyse(op, ValueType.tensor(DType.FLOAT32, Shape.of(1, 1, 1, 1)), widest(op), size);
            NodeCost cost = analysis.costs().of(new NodeId(0));
            for (Dim d : List.of(cost.macs(), cost.flops(), cost.bytesRead(), cost.bytesWritten())) {
                assertThat(d.fixed().orElse(0)).as("attributes of " + size).isNotNegative();
            }
        }
    }

    private static int widest(OpSpec op) {
        return op.schema().mostInputs() == Integer.MAX_VALUE
                ? op.schema().inputs().size() + 1
                : op.schema().mostInputs();
    }

    /// A model of one node, all of whose inputs have the given type.
    private static Analysis analyse(OpSpec op, ValueType type, int inputs) {
        return analyse(op, type, inputs, 1);
    }

    /// @param size of the attributes that are whole numbers: of those that it must have, or where it is not 1 of all
    private static Analysis analyse(OpSpec op, ValueType type, int inputs, long size) {
        Map<ValueId, Value> values = new LinkedHashMap<>();
        List<ValueId> in = new ArrayList<>();
        List<ValueId> out = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            ValueId id = new ValueId(i);
            values.put(id, Value.of(id, "in" + i, type));
            in.add(id);
        }
        for (int i = 0; i < op.schema().outputs().size(); i++) {
            ValueId id = new ValueId(inputs + i);
            values.put(id, Value.of(id, "out" + i, ValueType.unknown()));
            out.add(id);
        }
        Attrs attrs = Attrs.NONE;
        for (AttrSpec a : op.schema().attrs()) {
            if ((a.required() || size != 1) && a.kind() == AttrSpec.Kind.INT) {
                attrs = attrs.with(a.name(), Attr.of(size));
            }
        }
        Schema s = op.schema();
        Node node = new Node(
                new NodeId(0),
                "n",
                s.domain(),
                s.name(),
                "",
                in,
                out,
                attrs,
                new Origin.Derived("test", List.of()),
                Extra.NONE);
        Graph graph = new Graph("g", "", in, out, List.of(node), values, Map.of(), Extra.NONE);
        Model model = new Model(
                "ONNX",
                Optional.empty(),
                10,
                s.domain().isEmpty() ? Map.of("", 21L) : Map.of("", 21L, s.domain(), 1L),
                "",
                "",
                "",
                0,
                "",
                Map.of(),
                graph,
                List.of(),
                Extra.NONE);
        return Analysis.of(model, DimBindings.NONE, JobContext.quiet());
    }

    @Test
    void namesAreUniqueWithinADomain() {
        Set<String> seen = new HashSet<>();
        assertThat(OpCatalog.standard().families().stream().flatMap(f -> f.ops().stream()))
                .allMatch(o -> seen.add(o.schema().domain() + ":" + o.schema().name()));
    }
}
