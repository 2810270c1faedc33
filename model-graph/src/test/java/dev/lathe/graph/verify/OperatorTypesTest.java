package dev.lathe.graph.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.DType;
import dev.lathe.graph.op.OpCatalog;
import dev.lathe.graph.op.OpSpec;
import dev.lathe.graph.op.Schema;
import dev.lathe.graph.verify.OperatorTypes.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Signature identity = types.find("", "Identity", 28).orElseThrow();
        for (DType d : DType.values()) {
            assertThat(identity.allowed(identity.inputs().getFirst())).contains(d.text());
        }
    }

    @Test
    void aVersionBetweenTwoIsTheOneBefore() {
        assertThat(types.find("", "Relu", 12).map(Signature::since)).isEqualTo(Optional.of(6));
        assertThat(types.find("", "Relu", 0)).isEmpty();
        assertThat(types.find("com.microsoft", "Gelu", 1)).isEmpty();
    }
}
