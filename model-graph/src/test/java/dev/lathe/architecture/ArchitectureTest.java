package dev.lathe.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/// What this module may lean on: the compiler sees its class path, this test sees what came with it.
class ArchitectureTest {
    private final JavaClasses ours = OurClasses.all();

    @Test
    void theModelNeedsNoEngineNoWindowAndNoneOfTheModulesAbove() {
        noClasses()
                .that()
                .resideInAPackage("dev.lathe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lathe.profile..",
                        "dev.lathe.optimize..",
                        "dev.lathe.app..",
                        "dev.lathe.cli..",
                        "dev.lathe.report..",
                        "javafx..",
                        "ai.onnxruntime..",
                        "ai.djl..")
                .check(ours);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("dev.lathe.(**)").should().beFreeOfCycles().check(ours);
    }
}
