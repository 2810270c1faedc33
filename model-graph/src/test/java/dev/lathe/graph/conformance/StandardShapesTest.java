package dev.lathe.graph.conformance;

import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.onnx.TensorFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import org.junit.jupiter.api.Test;

class StandardShapesTest {
    @Test
    void explore() throws Exception {
        Map<String, Integer> tally = new TreeMap<>();
        for (Path p : StandardTestData.models()) {
            Model declared = Formats.open(p, JobContext.quiet());
            Editor e = declared.graph().edit(declared.newIds());
            Set<ValueId> ins = new HashSet<>(declared.graph().inputs());
            declared.graph().values().forEach(v -> {
                if (!ins.contains(v.id())) e.declare(v.id(), ValueType.unknown());
            });
            List<ValueId> left = new ArrayList<>();
            List<ValueId> given = declared.graph().inputs().stream()
                    .filter(i -> declared.graph().initializer(i).isEmpty())
                    .toList();
            for (int i = 0; i < declared.graph().inputs().size(); i++) {
                ValueId id = declared.graph().inputs().get(i);
                int k = given.indexOf(id);
                Path f = p.resolveSibling("test_data_set_0/input_" + k + ".pb");
                boolean frozen = false;
                if (k >= 0
                        && Files.exists(f)
                        && declared.graph().value(id).orElseThrow().declared() instanceof ValueType.TensorType t) {
                    try {
                        Tensor c = TensorFile.read(f, JobContext.quiet()).tensor();
                        boolean steering = !c.dtype().isFloat() || c.elements() <= 16;
                        if (steering && c.dtype() != DType.STRING) {
                            e.setInitializer(id, c);
                            frozen = true;
                        }
                    } catch (Exception x) {
                        System.out.println("XX fail " + f + " " + x);
                    }
                }
                if (!frozen) left.add(id);
            }
            e.setInputs(left);
            Model bare = declared.withGraph(e.commit());
            Analysis a = Analysis.of(bare, DimBindings.NONE, JobContext.quiet());
            for (ValueId out : declared.graph().outputs()) {
                ValueType want = declared.graph().value(out).orElseThrow().declared();
                ValueType got = a.type(out);
                String how = want.equals(got) ? "equal" : "differs";
                tally.merge(how, 1, Integer::sum);
                if (!how.equals("equal")) {
                    System.out.println("XX " + how + " " + StandardTestData.name(p) + " "
                            + declared.graph().nameOf(out) + " want " + want + " got " + got + " op "
                            + declared.graph().producer(out).map(n -> n.op()).orElse("-") + " "
                            + a.inference().diagnostics());
                }
            }
        }
        System.out.println("XX " + tally);
    }
}
