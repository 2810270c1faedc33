package dev.lathe.profile.engine.ort;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The runtime's profile as valid JSON. It writes the names of nodes as they are, so one with a quote, a
/// backslash or a line break makes JSON that no reader takes, or takes for something else.
///
/// Each event begins on a line of its own and has its keys in a fixed order: a name is what stands between the key
/// before it and the key after it, whatever it is made of. So many events as fit into a block are looked at at once:
/// a profile may be larger than the memory that it is read in.
final class ProfileText extends InputStream {
    private static final int BLOCK = 1 << 20;

    private static final byte[] EVENT = bytes("\n{\"cat\" : \"");
    private static final byte[] BEFORE = bytes("\"name\" :\"");
    private static final byte[] AFTER = bytes("\",\"args\" : {");

    private final InputStream profile;

    /// Up to `read`: what was read and not given yet.
    private byte[] block;

    private int read;
    private boolean over;
    private ByteArrayInputStream given = new ByteArrayInputStream(new byte[0]);

    ProfileText(InputStream profile) {
        this(profile, BLOCK);
    }

    /// @param size in bytes; a longer event is held whole
    ProfileText(InputStream profile, int size) {
        this.profile = profile;
        this.block = new byte[size];
    }

    @Override
    public int read() throws IOException {
        return more() ? given.read() : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return length == 0 ? 0 : more() ? given.read(to, offset, length) : -1;
    }

    @Override
    public void close() throws IOException {
        profile.close();
    }

    /// Whether there is something to give; what ends with the last event that began in the block is it.
    private boolean more() throws IOException {
        while (given.available() == 0 && !(over && read == 0)) {
            fill();
            int whole = over ? read : Math.max(0, last(block, EVENT, 0, read));
            if (whole > 0) {
                given = new ByteArrayInputStream(valid(Arrays.copyOf(block, whole)));
                System.arraycopy(block, whole, block, 0, read - whole);
                read -= whole;
            } else if (!over) {
                block = Arrays.copyOf(block, 2 * block.length);
            }
        }
        return given.available() > 0;
    }

    private void fill() throws IOException {
        int n = profile.readNBytes(block, read, block.length - read);
        over = n < block.length - read;
        read += n;
    }

    /// The same bytes where nothing needs an escape.
    static byte[] valid(byte[] profile) {
        ByteArrayOutputStream valid = new ByteArrayOutputStream(profile.length + 64);
        int copied = 0;
        int event = find(profile, EVENT, 0, profile.length);
        while (event >= 0) {
            int next = find(profile, EVENT, event + EVENT.length, profile.length);
            int end = next < 0 ? profile.length : next;
            int before = find(profile, BEFORE, event, end);
            // A name may hold what ends it; the arguments, which are the runtime's own words, do not.
            int from = before + BEFORE.length;
            int to = before < 0 ? -1 : last(profile, AFTER, from, end);
            if (to >= 0 && needsEscape(profile, from, to)) {
                valid.write(profile, copied, from - copied);
                valid.writeBytes(escaped(new String(profile, from, to - from, StandardCharsets.UTF_8)));
                copied = to;
            }
            event = next;
        }
        if (copied == 0) {
            return profile;
        }
        valid.write(profile, copied, profile.length - copied);
        return valid.toByteArray();
    }

    private static boolean needsEscape(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            // Above ASCII it is UTF-8, unless the file lies: decoding it mends that.
            if (text[i] == '"' || text[i] == '\\' || text[i] >= 0 && text[i] < ' ') {
                return true;
            }
        }
        return false;
    }

    private static byte[] escaped(String name) {
        StringBuilder b = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c == '\\') {
                b.append('\\').append(c);
            } else if (c < ' ') {
                b.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                b.append(c);
            }
        }
        return bytes(b.toString());
    }

    private static int find(byte[] in, byte[] what, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            if (in[i] == what[0] && matches(in, what, i)) {
                return i;
            }
        }
        return -1;
    }

    private static int last(byte[] in, byte[] what, int from, int to) {
        for (int i = to - what.length; i >= from; i--) {
            if (in[i] == what[0] && matches(in, what, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] in, byte[] what, int at) {
        return Arrays.equals(in, at, at + what.length, what, 0, what.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
