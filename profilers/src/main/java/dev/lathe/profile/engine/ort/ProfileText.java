package dev.lathe.profile.engine.ort;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The runtime's profile as valid JSON. It writes the names of nodes as they are, so one with a quote, a
/// backslash or a line break makes JSON that no reader takes, or takes for something else.
///
/// Each event begins on a line of its own and has its keys in a fixed order: a name is what stands between the key
/// before it and the key after it, whatever it is made of.
final class ProfileText {
    private static final byte[] EVENT = bytes("\n{\"cat\" : \"");
    private static final byte[] BEFORE = bytes("\"name\" :\"");
    private static final byte[] AFTER = bytes("\",\"args\" : {");

    private ProfileText() {}

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
