package dev.lathe.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What this module may lean on: the compiler sees its class path, this test sees what came with it.
class ArchitectureTest {
    private final JavaClasses ours = OurClasses.all();

    @Test
    void onlyTheAppTouchesJavaFx() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.lathe.graph..", "dev.lathe.core..", "dev.lathe.profile..", "dev.lathe.optimize..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "dev.lathe.app..", "dev.lathe.cli..", "dev.lathe.report..")
                .check(ours);
    }

    @Test
    void onlyProfilersTouchANativeEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.lathe.profile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "ai.djl..")
                .check(ours);
    }

    @Test
    void viewModelsAndTheProjectKnowNoScene() {
        noClasses()
                .that()
                .haveNameMatching(".*ViewModel(\\$.*)?")
                .or()
                .resideInAPackage("dev.lathe.app.project..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
                .check(ours);
    }

    @Test
    void onlyJobsMakeThreads() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.lathe.core.Jobs")
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "makes a thread",
                        c -> c.getTargetOwner().isAssignableTo(Thread.class)
                                        && (c.getTarget().getName().startsWith("of")
                                                || c.getTarget().getName().equals("<init>")
                                                || c.getTarget().getName().startsWith("startVirtual"))
                                || c.getTargetOwner().isEquivalentTo(Executors.class)))
                .check(ours);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        // Main chooses between the window and the commands, Wiring holds every constructor: the two stand above all.
        DescribedPredicate<JavaClass> roots = DescribedPredicate.describe(
                "the composition roots",
                c -> c.getName().matches("dev\\.lathe\\.app\\.(Main|Wiring|WiredServices)(\\$.*)?"));
        slices().matching("dev.lathe.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(roots, DescribedPredicate.alwaysTrue())
                .check(ours);
    }
}
