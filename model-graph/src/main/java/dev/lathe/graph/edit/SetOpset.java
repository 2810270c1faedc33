package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.text.GraphText;
import java.util.Optional;
import java.util.OptionalLong;

/// Declares the version of an operator set that the model imports. Nothing is converted, so this is refused
/// where an operator would mean something else.
///
/// @param domain empty for ai.onnx
public record SetOpset(String domain, long version) implements Edit {
    @Override
    public String text() {
        return "opset " + GraphText.quoted(domain) + " " + version;
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        boolean standard = OpsetMeaning.isStandard(domain);
        OptionalLong now = OpsetMeaning.declared(model, domain);
        Optional<String> why = OpsetMeaning.obstacle(model, domain, version);
        if (why.isPresent()) {
            String what = (standard ? "opset " : domain + " ")
                    + version
                    + (now.isEmpty() ? "" : " instead of " + now.getAsLong());
            throw new LatheException(Diagnostic.error(
                    "edit-opset", "the model cannot be declared to be of " + what + ": " + why.get(), Place.nowhere()));
        }
        return OpsetMeaning.declare(model, domain, version);
    }
}
