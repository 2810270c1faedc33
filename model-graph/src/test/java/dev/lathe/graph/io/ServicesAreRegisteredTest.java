package dev.lathe.graph.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesAreRegisteredTest {

    @ParameterizedTest
    @ValueSource(classes = {ModelImporter.class, ModelExporter.class})
    void everyImplementationHasItsServiceLine(Class<?> service) {
        Set<String> written = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.lathe").stream()
                        .filter(c -> c.isAssignableTo(service) && !c.isInterface())
                        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        List<String> registered = ServiceLoader.load(service).stream()
                .map(p -> p.type().getName())
                .toList();
        assertThat(written).isNotEmpty();
        assertThat(registered).containsExactlyInAnyOrderElementsOf(written);
    }
}
