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

    /// ONNX Runtime has it in the standard's domain.
    private static final String NOT_OF_THE_STANDARD = "SimplifiedLayerNormalization";

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
            if (types.domains().contains(s.domain()) && !s.name().equals(NOT_OF_THE_STANDARD)) {
                s.since().forEach(v -> catalog.add(s.domain() + ":" + s.name() + " " + v));
            }
        }
        assertThat(known).hasSizeGreaterThan(600).containsExactlyInAnyOrderElementsOf(catalog);
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
