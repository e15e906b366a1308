package dev.pgbraid.protocol.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Generators for what messages are made of.
final class Fields {
    private Fields() {}

    static Gen<ByteString> bytes() {
        return Gen.bytes(20).map(ByteString::copyOf);
    }

    /// Any bytes but zero, which would end the string.
    static Gen<ByteString> string() {
        return Gen.bytes(20).map(bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == 0 ? (byte) 'a' : bytes[i];
            }
            return ByteString.copyOf(bytes);
        });
    }

    static Gen<ByteString> nonEmptyString() {
        return string().map(string -> string.isEmpty() ? ByteString.utf8("a") : string);
    }

    static Gen<WireValue> value() {
        return Gen.oneOf(List.of(Gen.constant(WireValue.NULL), bytes().map(WireValue::of)));
    }

    static Gen<List<WireValue>> values() {
        return Gen.listOf(10, value());
    }

    static Gen<Format> format() {
        return Gen.of(Format.class);
    }

    static Gen<List<Format>> formats() {
        return Gen.listOf(10, format());
    }

    static Gen<List<Integer>> oids() {
        return Gen.listOf(10, Gen.int32());
    }

    static Gen<CancelKey> cancelKey() {
        return choices -> {
            int length = Gen.between(CancelKey.SECRET_LENGTH_MIN, CancelKey.SECRET_LENGTH_MAX)
                    .make(choices);
            byte[] secret = new byte[length];
            for (int i = 0; i < length; i++) {
                secret[i] = (byte) choices.below(0x100);
            }
            return new CancelKey(Gen.int32().make(choices), ByteString.copyOf(secret));
        };
    }

    static Gen<ErrorFields> errorFields() {
        return choices -> {
            SequencedMap<Byte, ByteString> fields = new LinkedHashMap<>();
            for (int type : Gen.listOf(10, Gen.between(1, 0xFF)).make(choices)) {
                fields.put((byte) type, string().make(choices));
            }
            return new ErrorFields(fields);
        };
    }

    static Gen<SequencedMap<ByteString, ByteString>> parameters() {
        return choices -> {
            SequencedMap<ByteString, ByteString> parameters = new LinkedHashMap<>();
            for (ByteString name : Gen.listOf(8, nonEmptyString()).make(choices)) {
                parameters.put(name, string().make(choices));
            }
            return parameters;
        };
    }

    /// Values with a list of formats that fits them: none, one for all, or one for each.
    static Gen<List<Format>> formatsFor(List<WireValue> values) {
        return choices -> {
            int count = switch (choices.below(3)) {
                case 0 -> 0;
                case 1 -> 1;
                default -> values.size();
            };
            List<Format> formats = new ArrayList<>();
            while (formats.size() < count) {
                formats.add(format().make(choices));
            }
            return formats;
        };
    }
}
