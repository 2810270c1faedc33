package dev.lathe.optimize.edit;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.PassInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Changes what the user says: renames, removes, inserts, rewires …, in the statements of [EditScript].
public final class EditByHand implements Pass {
    public static final String NAME = "edit";
    public static final String SCRIPT = "script";

    @Override
    public PassInfo info() {
        return new PassInfo(
                NAME,
                "Edit by hand",
                "Renames, removes, replaces, inserts and rewires nodes, sets attributes, types, outputs and opsets, cuts a"
                        + " part out, appends another model. A change that breaks a rule of the standard is refused.",
                "rename tensor x to pixels;  remove Dropout_7;  set Conv_3 strides = [2, 2];  …  →  the changed model",
                List.of(new OptionSpec(
                        SCRIPT,
                        OptionSpec.Kind.TEXT,
                        "",
                        List.of(),
                        "Statements, e.g. remove Dropout_7 or replace Erf_2 with { y = Gelu(x) }.")),
                -1,
                "What the model computes is yours to change: its outputs may differ.");
    }

    @Override
    public Map<String, String> withFiles(Map<String, String> options, UnaryOperator<Path> where) {
        Map<String, String> moved = new LinkedHashMap<>(options);
        try {
            moved.replace(SCRIPT, EditScript.withFiles(options.getOrDefault(SCRIPT, ""), where));
        } catch (LatheException unreadable) {
            // The run says what is wrong with it.
            return options;
        }
        return moved;
    }

    @Override
    public Model run(Model model, PassContext context) throws LatheException {
        context.job().checkCancelled();
        context.job().progress(0, "editing");
        return Edits.apply(model, EditScript.parse(context.option(SCRIPT)), context.job());
    }
}
