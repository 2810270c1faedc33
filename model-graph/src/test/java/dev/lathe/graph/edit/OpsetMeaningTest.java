package dev.lathe.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.text.GraphText;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpsetMeaningTest {

    static Collection<OpSpec> operators() {
        return OpCatalog.standard().all().stream()
                .filter(o -> Set.of("", "ai.onnx.ml").contains(o.schema().domain()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void ofEveryNewVersionOfAnOperatorItIsDecidedWhetherItMeansTheSame(OpSpec op) {
        Schema s = op.schema();
        OpsetChanges.Versions decided = OpsetChanges.standard().of(s.domain(), s.name());
        Set<Integer> both = new TreeSet<>(decided.same());
        both.addAll(decided.changed());
        assertThat(both)
                .as("decided once")
                .hasSize(decided.same().size() + decided.changed().size());
        Set<Integer> later = new TreeSet<>(s.since().stream()
                .filter(v -> !v.equals(s.since().getFirst()))
                .filter(v -> !s.domain().isEmpty() || v > 7)
                .toList());
        assertThat(both).containsAll(later);
    }

    @ParameterizedTest
    @CsvSource({
        "RoiAlign, 11, 16, refused",
        "RoiAlign, 16, 22, allowed",
        "'Resize {coordinate_transformation_mode = \"tf_half_pixel_for_nn\"}', 11, 13, refused",
        "'Resize {coordinate_transformation_mode = \"half_pixel\"}', 11, 13, allowed",
        "Resize, 10, 11, refused",
        "Resize, 11, 19, allowed",
        "'MaxPool {ceil_mode = 1}', 21, 22, refused",
        "MaxPool, 21, 22, allowed",
        "'ReduceMean {axes = [1]}', 13, 18, refused",
        "ReduceMean, 13, 18, allowed",
        "'Cast {to = 1}', 23, 24, allowed",
        "'Cast {to = 17}', 23, 24, refused",
        "'ConvTranspose {auto_pad = \"SAME_UPPER\"}', 8, 11, refused",
        "ConvTranspose, 8, 11, allowed",
        "Relu, 13, 14, allowed",
        "Relu, 14, 13, refused",
        "Relu, 17, 999, refused",
        "ai.onnx.ml:LabelEncoder, 1, 2, refused",
        "ai.onnx.ml:LabelEncoder, 2, 4, allowed",
        "ai.onnx.ml:Scaler, 1, 3, allowed",
        "ai.onnx.ml:Scaler, 1, 999, refused",
        "elsewhere:Any, 1, 999, allowed",
    })
    void aModelIsDeclaredToBeOfAnotherVersionOnlyWhereItMeansTheSame(String op, long from, long to, String result)
            throws LatheException {
        String domain = op.contains(":") ? op.substring(0, op.indexOf(':')) : "";
        String call = op.contains("{") ? op.replace(" {", "(x) {") : op + "(x)";
        Model model = GraphText.parse("""
                model "ONNX" ir=10
                opset "%s" %d
                graph g (x: float32[1, 2, 4, 4]) -> (y) {
                  y = %s
                }
                """.formatted(domain, from, call));
        assertThat(OpsetMeaning.obstacle(model, domain, to).isPresent()).isEqualTo(result.equals("refused"));
    }

    @Test
    void aModelWithoutTheDomainTakesNoVersionThatNobodyKnows() throws LatheException {
        Model model = GraphText.parse("""
                model "ONNX" ir=10
                opset "elsewhere" 1
                graph g (x: float32[4]) -> (y) {
                  y = elsewhere:Any(x)
                }
                """);
        assertThat(OpsetMeaning.obstacle(model, "", 999))
                .hasValueSatisfying(why -> assertThat(why).contains("newest"));
        assertThat(OpsetMeaning.obstacle(model, "", 17)).isEmpty();
        assertThat(OpsetMeaning.obstacle(model, "ai.onnx", 17)).isEmpty();
    }
}
