package dev.lathe.app.packs;

import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.pack.PackStatus;
import java.util.Optional;

/// A pack as the dialog shows it: what it is, how it stands, what can be done about it; `working` while something is
/// being done, `trouble` what the last try ended with.
public record PackRow(
        String id,
        String title,
        String detail,
        Standing standing,
        boolean canAdd,
        boolean canRemove,
        Optional<Working> working,
        Optional<String> trouble) {

    /// How it stands.
    public enum Standing {
        READY,
        ABSENT,
        UNUSABLE
    }

    /// What is being done; `fraction` in 0…1, negative while unknown.
    public record Working(String step, double fraction) {}

    static PackRow of(PackStatus s, Optional<Working> working, Optional<String> trouble) {
        boolean here = s.builtIn() || s.pack().isPresent();
        String size = s.pack()
                .map(p -> " · " + Numbers.fileSize(p.manifest().bytes()))
                .orElse("");
        return switch (s.availability()) {
            case Availability.Ready r ->
                new PackRow(
                        s.id(),
                        s.title(),
                        s.runtime().title() + " " + r.detail() + size,
                        Standing.READY,
                        false,
                        !s.builtIn(),
                        working,
                        trouble);
            case Availability.Missing(String reason, String remedy) -> {
                boolean addable = s.canBeAdded();
                String detail = here || !addable
                        ? reason
                        : "Not added · "
                                + s.source()
                                        .map(p -> Numbers.fileSize(p.bytes()) + " to get, as " + p.shortName())
                                        .orElse("");
                yield new PackRow(
                        s.id(),
                        s.title(),
                        detail,
                        here ? Standing.UNUSABLE : Standing.ABSENT,
                        addable,
                        here && !s.builtIn(),
                        working,
                        trouble);
            }
        };
    }
}
