package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.DType;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.verify.OperatorTypes.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorTypesTest {
    private final OperatorTypes types = OperatorTypes.standard();

    /// ONNX Runtime has them in the standard's domain.
    private static final Set<String> NOT_OF_THE_STANDARD = Set.of(
            "SimplifiedLayerNormalization",
            "MemcpyFromHost",
            "MemcpyToHost",
            "Affine",
            "Crop",
            "DynamicSlice",
            "GRUUnit",
            "GivenTensorFill",
            "ImageScaler",
            "ParametricSoftplus",
            "Scale",
            "ScaledTanh");

    @Test
    void theOperatorsAndTheirVersionsAreThoseOfTheCatalog() {
        List<String> known = new ArrayList<>();
        for (String domain : types.domains()) {
            for (String name : types.operators(domain)) {
                types.versions(domain, name).forEach(v -> known.add(domain + ":" + name + " " + v.since()));
            }
        }
        List<String> catalog = new ArrayList<>();
        for (OpSpec op : OpCatalog.standard().all()) {
            Schema s = op.schema();
            if (types.domains().contains(s.domain()) && !NOT_OF_THE_STANDARD.contains(s.name())) {
                s.since().forEach(v -> catalog.add(s.domain() + ":" + s.name() + " " + v));
            }
        }
        assertThat(known).hasSizeGreaterThan(600).containsExactlyInAnyOrderElementsOf(catalog);
    }

    /// ONNX Runtime does not refuse the first of these, and what it refuses our schemas say (OrtSchemasTest).
    @Test
    void whatTheStandardTookOutTheCatalogTookOut() {
        List<String> theirs = new ArrayList<>();
        for (String domain : types.domains()) {
            for (String name : types.operators(domain)) {
                types.versions(domain, name).stream()
                        .filter(Signature::isDeprecated)
                        .forEach(v -> theirs.add(domain + ":" + name + " " + v.since()));
            }
        }
        List<String> ours = new ArrayList<>(List.of(":GroupNormalization 18"));
        for (OpSpec op : OpCatalog.standard().all()) {
            Schema s = op.schema();
            if (!NOT_OF_THE_STANDARD.contains(s.name())) {
                s.deprecated().ifPresent(v -> ours.add(s.domain() + ":" + s.name() + " " + v));
            }
        }
        assertThat(theirs).containsExactlyInAnyOrderElementsOf(ours);
    }

    @Test
    void everyElementTypeOfOursIsTakenSomewhere() {
        Set<String> taken = new HashSet<>();
        // The floats of 6 bits are there to be dequantized.
        for (String op : List.of("Identity", "DequantizeLinear")) {
            Signature s = types.find("", op, 28).orElseThrow();
            taken.addAll(s.allowed(s.inputs().getFirst()));
        }
        assertThat(taken).containsAll(Stream.of(DType.values()).map(DType::text).toList());
    }

    @Test
    void aVersionBetweenTwoIsTheOneBefore() {
        assertThat(types.find("", "Relu", 12).map(Signature::since)).isEqualTo(Optional.of(6));
        assertThat(types.find("", "Relu", 0)).isEmpty();
        assertThat(types.find("com.microsoft", "Gelu", 1)).isEmpty();
    }
}
