package dev.lathe.profile.pack;

import java.nio.file.Path;

/// A pack that is unpacked: its folder, which a worker is started with, and what it holds.
public record Pack(Path folder, PackManifest manifest) {}
