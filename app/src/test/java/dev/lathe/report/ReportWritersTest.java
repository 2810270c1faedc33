package dev.lathe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.architecture.OurClasses;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportWritersTest {
    /// A kind of report that nobody registered would silently not be written.
    @Test
    void everyImplementationIsRegistered() {
        Set<String> written = OurClasses.implementing(ReportWriter.class);
        Set<String> registered = ServiceLoader.load(ReportWriter.class).stream()
                .map(p -> p.type().getName())
                .collect(Collectors.toSet());
        assertThat(written).isNotEmpty();
        assertThat(registered).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "'quoted"})
    void aNameThatASpreadsheetWouldTakeForAFormulaIsMarkedAsText(String name) {
        assertThat(LayersCsv.named(name)).isEqualTo("'" + name);
    }

    @Test
    void otherNamesStayAsTheyAre() {
        assertThat(LayersCsv.named("/encoder/layer.0/MatMul")).isEqualTo("/encoder/layer.0/MatMul");
        assertThat(LayersCsv.named("")).isEmpty();
        assertThat(LayersCsv.named("=HYPERLINK(\"http://x\")")).isEqualTo("\"'=HYPERLINK(\"\"http://x\"\")\"");
    }
}
