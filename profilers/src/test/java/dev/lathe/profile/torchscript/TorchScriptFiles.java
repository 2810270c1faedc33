package dev.lathe.profile.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small TorchScript files, made without PyTorch: the program as text, and a pickled object without parameters.
public final class TorchScriptFiles {
    private TorchScriptFiles() {}

    /// @param arguments e.g. `x: Tensor`
    /// @param body lines of the method, the last one a return
    public static Path write(Path file, String arguments, String... body) throws IOException {
        StringBuilder code = new StringBuilder("class Tiny(Module):\n");
        code.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        code.append("  def forward(self: __torch__.Tiny,\n    ")
                .append(arguments)
                .append(") -> Tensor:\n");
        for (String line : body) {
            code.append("    ").append(line).append('\n');
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("data.pkl", object());
        entries.put("code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
        entries.put("constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        entries.put("version", "3\n".getBytes(StandardCharsets.UTF_8));
        return archive(file, entries);
    }

    /// Whatever these entries make it, in the folder that PyTorch puts them into.
    public static Path archive(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                ZipEntry entry = new ZipEntry("tiny/" + e.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(e.getValue().length);
                CRC32 sum = new CRC32();
                sum.update(e.getValue());
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(e.getValue());
            }
        }
        return file;
    }

    /// A `Tiny` whose `training` is false, as Python pickles it.
    private static byte[] object() throws IOException {
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        b.write(new byte[] {(byte) 0x80, 2});
        b.write("c__torch__\nTiny\n".getBytes(StandardCharsets.UTF_8));
        b.write(new byte[] {')', (byte) 0x81, '}', '('});
        b.write(new byte[] {'X', 8, 0, 0, 0});
        b.write("training".getBytes(StandardCharsets.UTF_8));
        b.write(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return b.toByteArray();
    }
}
