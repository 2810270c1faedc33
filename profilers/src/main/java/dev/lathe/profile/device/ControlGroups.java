package dev.lathe.profile.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The control groups that a process is in, from its own up to the root: a limit of any of them holds. Inside a
/// container with a name space of its own the process's group looks like the root; of a systemd slice, a batch
/// system's job or a container without one it is somewhere below.
///
/// @param root where they are mounted, usually `/sys/fs/cgroup`
/// @param own the lines of `/proc/self/cgroup`, `number:controllers:path`
/// @see <a href="https://man7.org/linux/man-pages/man7/cgroups.7.html">cgroups(7), /proc/pid/cgroup</a>
public record ControlGroups(Path root, List<String> own) {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    public ControlGroups {
        own = List.copyOf(own);
    }

    public static ControlGroups ofThisProcess() {
        try {
            return new ControlGroups(MOUNT, Files.readAllLines(Path.of("/proc/self/cgroup")));
        } catch (IOException e) {
            // Another system, or one without control groups.
            return new ControlGroups(MOUNT, List.of());
        }
    }

    /// Folders of version 2, the process's own first.
    public List<Path> unified() {
        return upwards(root, path("").orElse("/"));
    }

    /// Folders of a controller of version 1, e.g. `memory`.
    public List<Path> of(String controller) {
        return upwards(root.resolve(controller), path(controller).orElse("/"));
    }

    /// @param controller empty for version 2
    private Optional<String> path(String controller) {
        return own.stream()
                .map(l -> l.split(":", 3))
                .filter(l -> l.length == 3 && Arrays.asList(l[1].split(",")).contains(controller))
                .map(l -> l[2])
                .findFirst();
    }

    private static List<Path> upwards(Path mount, String path) {
        List<Path> folders = new ArrayList<>();
        Path own = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        // Of a group outside the name space the path begins with `..`.
        for (Path p = own; p != null && p.startsWith(mount) && !p.equals(mount); p = p.getParent()) {
            if (Files.isDirectory(p)) {
                folders.add(p);
            }
        }
        folders.add(mount);
        return folders;
    }
}
