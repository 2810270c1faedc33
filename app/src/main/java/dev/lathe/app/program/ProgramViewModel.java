package dev.lathe.app.program;

import dev.lathe.app.program.ProgramState.Stage;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.SourceKind;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.project.Workbench;
import dev.lathe.core.Lane;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.torchscript.InputTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A TorchScript program without its looks: what the user says that it is given, and whether anything here can run it.
/// On the thread of `ui`.
public final class ProgramViewModel {
    /// Where what was said of a file is remembered.
    public interface Memory {
        Optional<String> inputsOf(Path file);

        void keep(Path file, String inputs);
    }

    private final Workbench workbench;
    private final Executor ui;
    private final Memory memory;
    private final ReadOnlyObjectWrapper<ProgramState> state = new ReadOnlyObjectWrapper<>(ProgramState.NONE);
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Optional<String> missing = Optional.empty();
    private Optional<Path> shown = Optional.empty();

    public ProgramViewModel(Workbench workbench, Executor ui, Memory memory) {
        this.workbench = workbench;
        this.ui = ui;
        this.memory = memory;
        text.addListener((o, before, now) -> problem.set(""));
        workbench.store().listen(this::show);
        show(workbench.store().state());
    }

    public ReadOnlyObjectProperty<ProgramState> state() {
        return state.getReadOnlyProperty();
    }

    /// What the program is given, as it is being written.
    public StringProperty text() {
        return text;
    }

    /// Why [#take] did not take the text; empty when it did, or was not asked.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /// The user has written what the program is given.
    public void take() {
        List<ValueType> types;
        try {
            types = InputTypes.several(text.get());
        } catch (IllegalArgumentException e) {
            problem.set(String.valueOf(e.getMessage()));
            return;
        }
        if (types.isEmpty()) {
            problem.set("Write element type and sizes of each input, such as " + InputTypes.EXAMPLE + ".");
            return;
        }
        shown.ifPresent(f -> memory.keep(f, text.get().strip()));
        workbench.describe(types);
    }

    /// Looks anew for what runs programs.
    public void look() {
        if (state.get().stage() == Stage.NONE) {
            return;
        }
        workbench.submit(
                Lane.UPKEEP,
                "Look for PyTorch",
                c -> workbench.services().machine().packs().list().stream()
                        .filter(s -> s.id().equals(PyTorchNatives.PACK))
                        .flatMap(s -> s.availability() instanceof Availability.Missing(String reason, String remedy)
                                ? Optional.of(reason).stream()
                                : Optional.<String>empty().stream())
                        .findFirst(),
                found -> ui.execute(() -> {
                    missing = found;
                    show(workbench.store().state());
                }));
    }

    private void show(Project p) {
        Optional<VariantState.Ready> ready = p.source().flatMap(Variant::ready);
        if (p.kind() != SourceKind.PROGRAM || ready.isEmpty()) {
            shown = Optional.empty();
            state.set(ProgramState.NONE);
            return;
        }
        Path file = ready.get().file();
        Model model = ready.get().model();
        String inputs = words(model);
        boolean another = !shown.equals(Optional.of(file));
        shown = Optional.of(file);
        Stage stage = inputs.isEmpty()
                ? Stage.ASKED
                : !model.graph().nodes().isEmpty() ? Stage.SHOWN : p.run().running() ? Stage.RUNNING : Stage.NOT_RUN;
        state.set(new ProgramState(stage, String.valueOf(file.getFileName()), inputs, missing));
        if (another) {
            text.set(inputs.isEmpty() ? memory.inputsOf(file).orElse("") : inputs);
            problem.set("");
            look();
        }
    }

    private static String words(Model model) {
        return model.graph().inputs().stream()
                .flatMap(i -> model.graph().value(i).stream())
                .map(Value::declared)
                .map(ValueType::toString)
                .collect(Collectors.joining(" "));
    }
}
