package dev.lathe.profile.worker;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Messages on a socket: four bytes of length (big-endian), then the message. One writer at a time, one
/// reader.
final class Frames {
    /// Large tensors go through files, so a longer message is a broken peer.
    static final int LONGEST = 64 << 20;

    /// A message that the other side would refuse; nothing of it was sent.
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(long length) {
            super("a message of " + length + " bytes, more than " + LONGEST);
        }
    }

    private final SocketChannel channel;
    private final Object writing = new Object();

    Frames(SocketChannel channel) {
        this.channel = channel;
    }

    void write(MessageLite message) throws IOException {
        int size = message.getSerializedSize();
        if (size < 0 || size > LONGEST) {
            throw new TooLong(size);
        }
        byte[] body = message.toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
        synchronized (writing) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }

    /// @throws EOFException when the peer is gone
    <T> T read(Parser<T> parser) throws IOException {
        int length = fill(ByteBuffer.allocate(4)).getInt();
        if (length < 0 || length > LONGEST) {
            throw new TooLong(Integer.toUnsignedLong(length));
        }
        return parser.parseFrom(fill(ByteBuffer.allocate(length)));
    }

    private ByteBuffer fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the other side closed the connection");
            }
        }
        return buffer.flip();
    }
}
