package dev.lathe.app.timeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.NodeId;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// Reads a file in Chrome's trace event format: what `lathe run --trace` and a report's `trace.json` are, and what ONNX
/// Runtime's own profiling, PyTorch's and many other profilers write; packed by gzip, too.
///
/// Format: "Trace Event Format" of the Chromium project: an array of events, or an object with one in `traceEvents`.
/// The array's end may be missing: a program that is killed writes none.
final class TraceFile {
    private static final int LOOK_EVERY = 4096;

    /// Two of three numbers of an event are times.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final Path file;
    private final JobContext job;
    private final TraceEventReader events;
    private Counted bytes = new Counted(InputStream.nullInputStream());
    private boolean endsEarly;

    /// Knows how long the file is, as soon as it was read: what is wrong there is only that it ends.
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            count += Math.max(0, n);
            return n;
        }
    }

    private TraceFile(Path file, Map<String, NodeId> nodes, JobContext job) {
        this.file = file;
        this.job = job;
        events = new TraceEventReader(nodes);
    }

    /// @param nodes of the shown model by name: events that name them are linked
    /// @throws LatheException if the file cannot be read, is no such trace, or has no event with a length
    static Timeline read(Path file, Map<String, NodeId> nodes, JobContext job) throws LatheException {
        return new TraceFile(file, nodes, job).read();
    }

    private Timeline read() throws LatheException {
        try (InputStream in = opened();
                JsonParser json = JSON.createParser(in)) {
            all(json, Math.max(1, Files.size(file)));
        } catch (NoSuchFileException e) {
            throw new LatheException(wrong("file-missing", "there is no such file"), e);
        } catch (JsonParseException e) {
            throw new LatheException(
                    wrong(
                            "not-json",
                            "is not JSON at line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr()),
                    e);
        } catch (IOException e) {
            throw new LatheException(wrong("file-unreadable", "cannot be read: " + e.getMessage()), e);
        }
        if (events.isEmpty()) {
            throw new LatheException(
                    wrong("no-trace-events", "has no event with a length in Chrome's trace event format"));
        }
        return events.build(file.getFileName() + (endsEarly ? " (ends early)" : ""), job);
    }

    private Diagnostic wrong(String code, String what) {
        return Diagnostic.error(code, what, Place.file(file))
                .withRemedy("Traces come from `lathe run --trace F`, or from ONNX Runtime's or PyTorch's profiler.");
    }

    private InputStream opened() throws IOException {
        bytes = new Counted(unpacked());
        return bytes;
    }

    private InputStream unpacked() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private void all(JsonParser json, long size) throws IOException, LatheException {
        try {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                array(json, size);
            } else if (first == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean here = json.currentName().equals("traceEvents");
                    if (json.nextToken() == JsonToken.START_ARRAY && here) {
                        array(json, size);
                    } else {
                        json.skipChildren();
                    }
                }
            } else if (first == null) {
                throw new LatheException(wrong("no-trace", "is empty"));
            } else {
                throw new LatheException(wrong("no-trace", "is no trace: neither an array of events nor an object"));
            }
        } catch (JsonParseException e) {
            if (!(e instanceof JsonEOFException) && e.getLocation().getByteOffset() < bytes.count) {
                throw e;
            }
            endsEarly = true;
        }
    }

    private void array(JsonParser json, long size) throws IOException {
        int read = 0;
        for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
            if (t == null) {
                throw new JsonEOFException(json, null, "the array has no end");
            }
            if (t == JsonToken.START_OBJECT) {
                events.read(json);
            } else {
                json.skipChildren();
            }
            if (++read % LOOK_EVERY == 0) {
                job.checkCancelled();
                long at = json.currentLocation().getByteOffset();
                job.progress(Math.min(1, (double) at / size), "reading events");
            }
        }
    }
}
