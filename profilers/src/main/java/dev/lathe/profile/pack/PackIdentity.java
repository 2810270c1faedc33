package dev.lathe.profile.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lathe.core.LatheException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a package says that it is: so that people who brought another one read which.
record PackIdentity(String name, String version) {
    private static final int LONGEST = 1 << 20;
    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/([^/]+)/pom\\.xml");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    /// Empty when it does not say, or is too damaged to.
    static Optional<PackIdentity> of(PackArchive archive) {
        PackIdentity[] found = new PackIdentity[1];
        try {
            archive.visit(
                    (name, content) -> {
                        Matcher pom = POM.matcher(name);
                        if (name.equals("package/package.json")) {
                            JsonNode json = new ObjectMapper().readTree(content.readNBytes(LONGEST));
                            found[0] = new PackIdentity(
                                    json.path("name").asText(),
                                    json.path("version").asText());
                        } else if (pom.matches()) {
                            Matcher version =
                                    VERSION.matcher(new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8));
                            found[0] = new PackIdentity(pom.group(1), version.find() ? version.group(1) : "");
                        }
                    },
                    n -> {});
        } catch (IOException | LatheException e) {
            return Optional.ofNullable(found[0]);
        }
        return Optional.ofNullable(found[0]);
    }
}
