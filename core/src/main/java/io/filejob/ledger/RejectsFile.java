package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.Objects;

/**
 * The file with all bad records of a slice.
 *
 * @param name the name of the file among the partial results
 * @param bytes its size
 * @param checksum CRC-32C of its bytes
 */
@JsonDeserialize(using = RejectsFile.Reader.class)
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"name", "bytes", "checksum"})
public record RejectsFile(String name, long bytes, long checksum) {
    /** Accepts a missing name, as damaged ledgers may have one. */
    public RejectsFile {
        Objects.requireNonNull(name);
    }

    /** Reads the array, or only the name, as the ledgers of earlier releases have it. */
    static final class Reader extends JsonDeserializer<RejectsFile> {
        @Override
        public RejectsFile deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                return new RejectsFile(parser.getText(), 0, 0);
            }
            Object[] array = parser.readValueAs(Object[].class);
            if (array == null
                    || array.length != 3
                    || !(array[0] instanceof String name)
                    || !(array[1] instanceof Number bytes)
                    || !(array[2] instanceof Number checksum)) {
                return context.reportInputMismatch(this, "not a file of bad records");
            }
            return new RejectsFile(name, bytes.longValue(), checksum.longValue());
        }
    }
}
