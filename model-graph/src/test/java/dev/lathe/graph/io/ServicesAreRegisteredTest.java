package dev.lathe.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.architecture.OurClasses;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesAreRegisteredTest {

    @ParameterizedTest
    @ValueSource(classes = {ModelImporter.class, ModelExporter.class})
    void everyImplementationHasItsServiceLine(Class<?> service) {
        Set<String> written = OurClasses.implementing(service);
        List<String> registered = ServiceLoader.load(service).stream()
                .map(p -> p.type().getName())
                .toList();
        assertThat(written).isNotEmpty();
        assertThat(registered).containsExactlyInAnyOrderElementsOf(written);
    }
}
