package dev.lathe.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.profile.engine.KernelEvent;
import dev.lathe.report.TraceEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
    @TempDir
    private Path folder;

    private Timeline read(String text) throws Exception {
        return read(text, Map.of());
    }

    private Timeline read(String text, Map<String, NodeId> nodes) throws Exception {
        return TraceFile.read(
                Files.writeString(folder.resolve("t.json"), text, StandardCharsets.UTF_8), nodes, JobContext.quiet());
    }

    @Test
    void ourOwnTracesComeBackWithTheirKernelsTracksAndLayers() throws Exception {
        EncoderFixture encoder = new EncoderFixture();
        var run = encoder.run(1);
        TraceEvents events = new TraceEvents();
        events.add("encoder", encoder.graph(), run);
        Map<String, NodeId> names = new HashMap<>();
        for (Node n : encoder.graph().nodes()) {
            names.put(n.shownName(), n.id());
        }
        Timeline t = read(events.json(), names);
        assertThat(t.slices()).isEqualTo(run.trace().size());
        assertThat(t.tracks()).singleElement().satisfies(track -> {
            assertThat(track.owner()).isEqualTo("encoder");
            assertThat(track.name()).startsWith("onnxruntime thread 1");
        });
        SliceRow row = t.tracks().getFirst().rows().getFirst();
        for (int i = 0; i < row.size(); i++) {
            KernelEvent k = run.trace().get(i);
            assertThat(row.get(i).name()).isEqualTo(k.node());
            assertThat(row.get(i).kind()).isEqualTo(k.op());
            assertThat(row.get(i).nodes())
                    .containsExactly(encoder.graph().nodes().get(i).id());
        }
        assertThat(t.counters()).singleElement().satisfies(c -> {
            assertThat(c.name()).contains("arena");
            assertThat(c.most()).isEqualTo(90L << 20);
            assertThat(c.bytes()).isTrue();
        });
        assertThat(row.get(0).facts().lines()).anyMatch(f -> f.startsWith("layers: "));
    }

    @Test
    void whatOnnxRuntimeWritesIsReadWithItsSessionAroundTheKernels() throws Exception {
        Timeline t = read("""
                [
                {"cat" : "Session","pid" :9,"tid" :4,"dur" :900,"ts" :100,"ph" : "X","name" :"model_run","args" : {}},
                {"cat" : "Node","pid" :9,"tid" :4,"dur" :300,"ts" :150,"ph" : "X","name" :"conv1_kernel_time","args" : {"op_name" : "Conv","provider" : "CPUExecutionProvider","input_type_shape" : [{"float":[1,3]}]}},
                {"cat" : "Node","pid" :9,"tid" :4,"dur" :0,"ts" :450,"ph" : "X","name" :"conv1_fence_after","args" : {"op_name" : "Conv"}}
                ]""", Map.of("conv1", new NodeId(7)));
        List<SliceRow> rows = t.tracks().getFirst().rows();
        assertThat(rows.get(0).get(0).name()).isEqualTo("model_run");
        Slice conv = rows.get(1).get(0);
        assertThat(conv.name()).isEqualTo("conv1");
        assertThat(conv.kind()).isEqualTo("Conv");
        assertThat(conv.nodes()).containsExactly(new NodeId(7));
        assertThat(conv.facts().lines()).contains("provider: CPUExecutionProvider");
        assertThat(t.kinds()).containsEntry("model_run", 600.0).containsEntry("Conv", 300.0);
    }

    @Test
    void pairsNamesOfThreadsAndNumbersThatAreTextAreRead() throws Exception {
        Timeline t = read("""
                {"otherData":{"a":[1,{"b":2}]},"traceEvents":[
                {"ph":"M","name":"thread_name","pid":"gpu","tid":"stream 7","args":{"name":"Compute"}},
                {"ph":"B","name":"outer","pid":"gpu","tid":"stream 7","ts":"10"},
                {"ph":"B","name":"inner","pid":"gpu","tid":"stream 7","ts":12},
                {"ph":"E","pid":"gpu","tid":"stream 7","ts":14},
                {"ph":"i","name":"mark","pid":"gpu","tid":"stream 7","ts":15,"s":"g"},
                {"ph":"E","pid":"gpu","tid":"stream 7","ts":30},
                {"ph":"E","pid":"gpu","tid":"stream 7","ts":31},
                null, 7,
                {"ph":"X","name":"no time","pid":1,"tid":1},
                {"ph":"X","name":"backwards","pid":1,"tid":1,"ts":5,"dur":-3}
                ],"more":true}""");
        assertThat(t.tracks()).singleElement().satisfies(track -> {
            assertThat(track.name()).isEqualTo("Compute");
            assertThat(track.rows()).hasSize(2);
            assertThat(track.rows().get(0).get(0).duration()).isEqualTo(20);
            assertThat(track.rows().get(1).get(0).name()).isEqualTo("inner");
        });
    }

    @Test
    void aTraceOfAProgramThatWasKilledShowsWhatWasWritten() throws Exception {
        String event = "{\"ph\":\"X\",\"name\":\"a\",\"pid\":1,\"tid\":1,\"ts\":%d,\"dur\":5}";
        Timeline t = read("[" + event.formatted(0) + "," + event.formatted(9) + ",{\"ph\":\"X\",\"na");
        assertThat(t.slices()).isEqualTo(2);
        assertThat(t.title()).contains("ends early");
        assertThat(read("[" + event.formatted(0) + ",").slices()).isEqualTo(1);
    }

    @Test
    void aPackedTraceIsUnpacked() throws Exception {
        Path file = folder.resolve("t.json.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("[{\"ph\":\"X\",\"name\":\"a\",\"pid\":1,\"tid\":1,\"ts\":0,\"dur\":5}]"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(TraceFile.read(file, Map.of(), JobContext.quiet()).slices()).isEqualTo(1);
    }

    @Test
    void whatIsNoTraceIsToldWithItsPlace() throws IOException {
        refused("[{\"ph\":\"X\",,}]", "t.json", "is not JSON at line 1, column");
        refused("", "is empty");
        refused("[]", "has no event");
        refused("{\"a\":1}", "has no event");
        refused("7", "is no trace");
        refused("\u0000\u0001\u0002", "is not JSON");
        assertThatThrownBy(() -> TraceFile.read(folder.resolve("none.json"), Map.of(), JobContext.quiet()))
                .isInstanceOf(LatheException.class)
                .hasMessageContaining("none.json")
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> TraceFile.read(folder, Map.of(), JobContext.quiet()))
                .isInstanceOf(LatheException.class);
    }

    private void refused(String text, String... words) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LatheException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("lathe run --trace");
    }

    @Test
    void anythingEndsInATimelineOrAnAnswer() throws Exception {
        String good = Files.readString(Traces.write(folder.resolve("good.json"), 60, 2))
                .replace("}},", "}},\n");
        java.util.Random r = new java.util.Random(11);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int k = r.nextInt(4); k >= 0; k--) {
                int at = r.nextInt(text.length());
                switch (r.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) (32 + r.nextInt(95)));
                    case 1 -> text.delete(at, Math.min(text.length(), at + 1 + r.nextInt(40)));
                    default -> text.insert(at, "[{\"9e999,:null}]".charAt(r.nextInt(16)));
                }
            }
            try {
                assertThat(read(text.toString()).slices()).isPositive();
            } catch (LatheException e) {
                assertThat(e).hasMessageContaining("t.json");
            }
        }
    }
}
