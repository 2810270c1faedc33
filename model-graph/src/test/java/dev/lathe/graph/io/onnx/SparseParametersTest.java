package dev.lathe.graph.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.Costs;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields after onnx.proto: SparseTensorProto has 1 values, 2 indices, 3 dims.
class SparseParametersTest {
    @TempDir
    private Path folder;

    /// Two numbers of float32 in 2 rows of `columns`.
    private static WireWriter sparse(String name, long columns) {
        return new WireWriter()
                .message(
                        1,
                        new WireWriter()
                                .varint(1, 2)
                                .varint(2, 1)
                                .string(8, name)
                                .bytes(9, new byte[8]))
                .message(2, new WireWriter().varint(1, 2).varint(2, 7).bytes(9, new byte[16]))
                .varint(3, 2)
                .varint(3, columns);
    }

    private Costs costs(long columns) throws IOException, LatheException {
        return analysed(columns).costs();
    }

    private Analysis analysed(long columns) throws IOException, LatheException {
        Path file = folder.resolve("sparse.onnx");
        WireWriter constant = new WireWriter()
                .string(2, "c")
                .string(4, "Constant")
                .message(
                        5,
                        new WireWriter()
                                .string(1, "sparse_value")
                                .message(22, sparse("", 5))
                                .varint(20, 11));
        WireWriter graph = new WireWriter()
                .message(1, constant)
                .message(
                        1,
                        new WireWriter()
                                .string(1, "w")
                                .string(1, "c")
                                .string(2, "y")
                                .string(4, "Mul"))
                .string(2, "g")
                .message(15, sparse("w", columns))
                .message(12, new WireWriter().string(1, "y"));
        Files.write(
                file,
                new WireWriter()
                        .varint(1, 8)
                        .message(8, new WireWriter().varint(2, 17))
                        .message(7, graph)
                        .toByteArray());
        Model model = Formats.open(file, JobContext.quiet());
        return Analysis.of(model, DimBindings.NONE, JobContext.quiet());
    }

    @Test
    void sparseConstantsCountAsManyParametersAsTheirShapeHasPlaces() throws Exception {
        Costs costs = costs(300);
        assertThat(costs.total().parameters()).isEqualTo(Dim.of(600 + 10));
        assertThat(costs.total().parameterBytes()).isEqualTo(Dim.of(4 * 610));
    }

    @Test
    void whatIsComputedWithSparseConstantsHasAShapeACostAndAPeak() throws Exception {
        Analysis a = analysed(5);
        Graph graph = a.model().graph();
        assertThat(graph.values()).allSatisfy(v -> assertThat(a.type(v.id())).hasToString("float32[2, 5]"));
        assertThat(a.costs().total().flops()).isEqualTo(Dim.of(10));
        assertThat(a.inference().diagnostics()).isEmpty();
        assertThat(a.liveness().foldedBytes()).as("computed of constants alone").isEqualTo(40);
    }

    @Test
    void oneOfMorePlacesThanCanBeCountedIsUnknown() throws Exception {
        assertThat(costs(Long.MAX_VALUE).total().parameters()).isEqualTo(Dim.unknown());
    }
}
