package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.text.GraphText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private static final int NODES = 3_000;

    private static Model model() throws Exception {
        String chain = IntStream.range(0, NODES)
                .mapToObj(i -> "  a" + (i + 1) + " = Relu(a" + i + ")\n")
                .collect(Collectors.joining());
        return GraphText.parse("model \"ONNX\" ir=10\nopset \"\" 17\nopset \"local\" 1\n"
                + "graph main (x: float32[n, 4]) -> (y: float32[n, 4]) {\n  a0 = local:F(x)\n" + chain
                + "  y = local:F(a" + NODES + ")\n}\n"
                + "function \"local\" \"\" [] {} opset \"\" 17 graph F (v) -> (w) {\n  w = Neg(v) as negate\n}\n");
    }

    @Test
    void anEditedFunctionTakesRoomForItsOwnValuesAlone() throws Exception {
        Model edited =
                Edits.apply(model(), EditScript.parse("insert after \"local:F/v\" { u = Abs(v) }"), JobContext.quiet());
        Graph body = edited.functions().getFirst().body();
        Positions places = Positions.of(body);
        assertThat(places.length()).isEqualTo(body.values().size()).isEqualTo(3);
        assertThat(body.values().stream().map(v -> places.of(v.id()))).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(places.of(edited.graph().inputs().getFirst())).isNegative();
        assertThat(places.of(ValueId.ABSENT)).isNegative();
        Analysis a = Analysis.of(edited, DimBindings.NONE, JobContext.quiet());
        for (Value v : body.values()) {
            assertThat(GraphText.print(a.type(v.id()))).as(v.name()).isEqualTo("float32[n, 4]");
        }
    }

    @Test
    void idsThatFollowOneAnotherAreNotLookedUp() throws Exception {
        Graph main = model().graph();
        Positions places = Positions.of(main);
        assertThat(places.length()).isEqualTo(main.values().size());
        assertThat(main.values().stream().mapToInt(v -> places.of(v.id())).distinct())
                .hasSize(places.length());
    }
}
