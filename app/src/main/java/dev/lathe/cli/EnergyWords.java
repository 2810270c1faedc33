package dev.lathe.cli;

import dev.lathe.profile.EnergyUse;
import dev.lathe.profile.energy.EnergyCounter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The energy of a run in words and as JSON.
final class EnergyWords {
    private EnergyWords() {}

    static String line(EnergyUse use) {
        return switch (use) {
            case EnergyUse.NotReadable(List<String> why) ->
                "energy      not readable here: " + String.join("; ", why) + "\n";
            case EnergyUse.Measured m -> {
                StringBuilder parts = new StringBuilder();
                for (EnergyCounter c : m.parts()) {
                    parts.append(parts.isEmpty() ? "" : ", ")
                            .append(c.part())
                            .append(' ')
                            .append(Amounts.joules(c.joules() / m.runs()));
                }
                yield "energy      " + Amounts.joules(m.perRun().value()) + " per run, "
                        + Amounts.digits(m.power().value()) + " W on average, idle and other programs in it (" + parts
                        + ")\n";
            }
        };
    }

    static Map<String, Object> json(EnergyUse use) {
        Map<String, Object> j = new LinkedHashMap<>();
        switch (use) {
            case EnergyUse.NotReadable(List<String> why) -> j.put("notReadable", why);
            case EnergyUse.Measured m -> {
                j.put("joulesPerRun", m.perRun().value());
                j.put("watts", m.power().value());
                j.put("runs", m.runs());
                Map<String, Double> parts = new LinkedHashMap<>();
                m.parts().forEach(c -> parts.put(c.part(), c.joules() / m.runs()));
                j.put("joulesPerRunByPart", parts);
            }
        }
        return j;
    }
}
