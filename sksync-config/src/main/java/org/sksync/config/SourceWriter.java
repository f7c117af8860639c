package org.sksync.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NumberValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;

/** Writes {@link SourceValue}s as pysksync's useredit did: four spaces for each level, one member or element a line. */
final class SourceWriter {

    private SourceWriter() {}

    static byte[] write(ObjectValue root) {
        String text = text(root, new JsonFactory());
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            // Half of a surrogate pair, which JSON can escape and UTF-8 can't hold.
            text = text(
                    root,
                    new JsonFactoryBuilder()
                            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                            .build());
        }
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ObjectValue root, JsonFactory json) {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter(separators)
                    .withArrayIndenter(indenter)
                    .withObjectIndenter(indenter));
            write(root, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can't be written to", e);
        }
        return out.toString();
    }

    private static void write(SourceValue value, JsonGenerator generator) throws IOException {
        if (value instanceof ObjectValue object) {
            generator.writeStartObject();
            for (Map.Entry<String, SourceValue> member : object.members().entrySet()) {
                generator.writeFieldName(member.getKey());
                write(member.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (value instanceof ListValue list) {
            generator.writeStartArray();
            for (SourceValue element : list.elements()) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else if (value instanceof TextValue text) {
            generator.writeString(text.text());
        } else if (value instanceof NumberValue number) {
            generator.writeNumber(number.literal());
        } else if (value instanceof FlagValue flag) {
            generator.writeBoolean(flag.value());
        } else {
            generator.writeNull();
        }
    }
}
