package dev.lathe.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.ref.SoftReference;
import java.util.Set;
import java.util.stream.Collectors;

/// The program's classes that this module sees, with what they lean on. Reading them takes seconds, so that it is done
/// once for all tests of a process.
public final class OurClasses {
    private static SoftReference<JavaClasses> read = new SoftReference<>(null);

    private OurClasses() {}

    public static synchronized JavaClasses all() {
        JavaClasses there = read.get();
        if (there == null) {
            there = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.lathe");
            read = new SoftReference<>(there);
        }
        return there;
    }

    /// The names of those that can be made, of this type.
    public static Set<String> implementing(Class<?> type) {
        return all().stream()
                .filter(c -> c.isAssignableTo(type) && !c.isInterface())
                .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }
}
