package dev.lathe.app.inspector;

import dev.lathe.app.parts.Section;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.profile.EnergyUse;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The section on the runs of the whole model: the time of each, where, and with how much energy.
final class RunSection {
    private RunSection() {}

    static Section of(InspectorState.Runs r, Palette palette) {
        Section section = new Section("Measured")
                .hint(Numbers.grouped(r.latency().runs())
                        + (r.latency().runs() == 1 ? " run · " : " runs · ")
                        + r.threads()
                        + (r.threads() == 1 ? " thread" : " threads"));
        Label device = InspectorSections.label(r.device(), "inspector-line");
        return r.times().isEmpty()
                ? section.content(untilThen(r), device)
                : section.content(new RunStrip(r, palette), device, energy(r.energy()));
    }

    private static Node energy(EnergyUse use) {
        return switch (use) {
            case EnergyUse.Measured m -> {
                List<InspectorState.Fact> facts = new ArrayList<>();
                facts.add(new InspectorState.Fact(
                        "energy per run", Numbers.quantity(m.perRun()), Numbers.quantity(m.power())));
                if (m.parts().size() > 1) {
                    m.parts()
                            .forEach(p -> facts.add(
                                    new InspectorState.Fact(p.part(), Numbers.joules(p.joules() / m.runs()), "")));
                }
                yield InspectorSections.facts(facts);
            }
            case EnergyUse.NotReadable(List<String> why) -> {
                Label words = InspectorSections.label("Energy: not readable here", "inspector-key");
                words.setTooltip(new Tooltip(String.join("\n", why)));
                yield words;
            }
        };
    }

    /// A run that broke off told its statistics, but not the times of its single runs.
    private static Node untilThen(InspectorState.Runs r) {
        Label why = InspectorSections.label("The run broke off: these are its runs until then.", "inspector-warning");
        why.setWrapText(true);
        why.setMinHeight(Region.USE_PREF_SIZE);
        r.brokenOff().ifPresent(d -> why.setTooltip(new Tooltip(why.getText() + "\n" + d.line())));
        return new VBox(
                6,
                why,
                InspectorSections.facts(List.of(
                        new InspectorState.Fact(
                                "p50",
                                Numbers.time(r.latency().p50()),
                                "mean " + Numbers.time(r.latency().mean())),
                        new InspectorState.Fact("p90", Numbers.time(r.latency().p90()), ""),
                        new InspectorState.Fact(
                                "range",
                                Numbers.time(r.latency().min()) + " – "
                                        + Numbers.time(r.latency().max()),
                                ""))));
    }
}
