package dev.lathe.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.input.InputShape;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultDimsTest {
    @Test
    void namesSayWhatASizeIs() throws Exception {
        Model model = model("ids: int64[batch_size, sequence_length], past: float32[batch_size, 4, past_length, 8], "
                + "mask: int64[batch_size, total_sequence_length], image: float32[N, 3, height, width]");
        assertThat(DefaultDims.choose(model).sizes())
                .isEqualTo(Map.of(
                        "batch_size", 1L,
                        "sequence_length", 128L,
                        "past_length", 16L,
                        "total_sequence_length", 144L,
                        "N", 1L,
                        "height", 320L,
                        "width", 320L));
    }

    @Test
    void placesSayWhatAnUnnamedSizeIs() throws Exception {
        Model model = model("x: float32[?, 3, ?, ?]");
        assertThat(DefaultDims.choose(model).sizes()).isEqualTo(Map.of("x_d0", 1L, "x_d2", 320L, "x_d3", 320L));
    }

    @Test
    void everyAssumptionHasAReasonAndTheInputsThatItConcerns() throws Exception {
        assertThat(DefaultDims.choices(model("a: int64[batch, tokens], b: int64[batch, tokens]")))
                .allSatisfy(c -> {
                    assertThat(c.reason()).isNotBlank();
                    assertThat(c.inputs()).containsExactly("a", "b");
                });
    }

    @Test
    void aTotalFollowsThePartThatTheUserSets() throws Exception {
        Model model = model("ids: int64[1, seq_len], past: float32[1, 4, past_seq_len, 8], m: int64[1, total_seq_len]");
        DimBindings all = DefaultDims.complete(model, new DimBindings(Map.of("seq_len", 1L)));
        assertThat(all.sizes()).isEqualTo(Map.of("seq_len", 1L, "past_seq_len", 16L, "total_seq_len", 17L));
    }

    /// As exporters of decoders name the length of a mask.
    @Test
    void aSizeThatIsAFormulaFollowsItsNames() throws Exception {
        Model model = model("past: float32[batch, 4, past_len, 8], mask: float32[batch, 1, 1, \"past_len + 1\"]");
        DimBindings given = new DimBindings(Map.of("past_len", 5L));
        assertThat(DefaultDims.complete(model, given).sizes()).isEqualTo(Map.of("batch", 1L, "past_len", 5L));
        Value mask = model.graph().value(model.graph().inputs().getLast()).orElseThrow();
        assertThat(InputShape.named(mask).orElseThrow().stream()
                        .map(d -> InputShape.size(d, Map.of("batch", 2L, "past_len", 5L))))
                .extracting(Optional::orElseThrow)
                .containsExactly(2L, 1L, 1L, 6L);
        Analysis sized = Analysis.of(model, DefaultDims.complete(model, given), JobContext.quiet());
        assertThat(sized.type(mask.id())).hasToString("float32[1, 1, 1, 6]");
        assertThat(sized.liveness().lifetimes().get(mask.id()).bytes()).isEqualTo(Dim.of(4 * 6));
    }

    /// As an input is declared where a part of a model was cut out behind a window.
    @Test
    void whatIsLeftOfAnAssumedSizeIsNotNothing() throws Exception {
        Model model = model("x: float32[batch, \"floordiv((t + 80), 160) + -2\", 4, 4], z: float32[other, 8]");
        long t = DefaultDims.choose(model).sizes().get("t");
        assertThat((t + 80) / 160 - 2).isPositive();
        assertThat(DefaultDims.complete(model, new DimBindings(Map.of("other", 3L)))
                        .sizes())
                .isEqualTo(Map.of("batch", 1L, "t", t, "other", 3L));
        assertThat(DefaultDims.complete(model, new DimBindings(Map.of("t", 2L))).sizes())
                .as("what the user says stays")
                .containsEntry("t", 2L);
    }

    @Test
    void aSizeThatNoOtherMakesAnyStaysAsItWas() throws Exception {
        Model model = model("x: float32[1, frames], z: float32[\"40 - frames\", 8]");
        assertThat(DefaultDims.choose(model).sizes())
                .isEqualTo(DefaultDims.choose(model("x: float32[1, frames]")).sizes());
    }

    @Test
    void aNameThatOccursInAFormulaOnlyIsFreeToo() throws Exception {
        Model model = model("x: float32[batch, 4], z: float32[\"batch*seq\", 4]");
        assertThat(Analysis.of(model, DimBindings.NONE, JobContext.quiet()).freeDims())
                .containsOnlyKeys("batch", "seq");
        assertThat(DefaultDims.choose(model).sizes()).containsOnlyKeys("batch", "seq");
    }

    @Test
    void aTotalWithoutPartsIsNotNothing() throws Exception {
        Model model = model("mask: int64[batch, total_sequence_length]");
        assertThat(DefaultDims.choose(model).sizes()).containsEntry("total_sequence_length", 128L);
        assertThat(DefaultDims.complete(model, new DimBindings(Map.of("batch", 2L)))
                        .sizes())
                .containsEntry("total_sequence_length", 128L);
    }

    @Test
    void aModelWithFixedSizesNeedsNoAssumption() throws Exception {
        assertThat(DefaultDims.choices(model("x: float32[1, 3, 224, 224]"))).isEmpty();
    }

    private static Model model(String inputs) throws LatheException {
        String first = inputs.substring(0, inputs.indexOf(':'));
        return GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph main (" + inputs
                + ") -> (y) {\n  y = Identity(" + first + ")\n}\n");
    }
}
