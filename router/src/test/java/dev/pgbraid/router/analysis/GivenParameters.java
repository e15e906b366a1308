package dev.pgbraid.router.analysis;

import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.plan.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Values for parameters: `5`, `INTEGER:5`, `BIGINT:x0000000000000005` in binary format, `16:x…`, `NULL`.
final class GivenParameters implements Parameters {
    private final List<Given> given = new ArrayList<>();

    private record Given(int type, boolean isBinary, String value) {}

    GivenParameters(String written) {
        for (String one : Arrays.asList(written.split(" ", -1))) {
            if (!one.isEmpty()) {
                given.add(read(one));
            }
        }
    }

    private static Given read(String written) {
        int colon = written.indexOf(':');
        int type = colon < 0 ? 0 : type(written.substring(0, colon));
        String value = written.substring(colon + 1);
        return value.startsWith("x") ? new Given(type, true, value.substring(1)) : new Given(type, false, value);
    }

    private static int type(String name) {
        return name.matches("[0-9]+")
                ? Integer.parseInt(name)
                : KeyType.valueOf(name.toUpperCase(Locale.ROOT)).oid();
    }

    @Override
    public int count() {
        return given.size();
    }

    @Override
    public int type(int number) {
        return given.get(number - 1).type();
    }

    @Override
    public boolean isNull(int number) {
        return given.get(number - 1).value().equals("NULL");
    }

    @Override
    public boolean isBinary(int number) {
        return given.get(number - 1).isBinary();
    }

    @Override
    public byte[] bytes(int number) {
        String value = given.get(number - 1).value();
        return isBinary(number) ? HexFormat.of().parseHex(value) : value.getBytes(StandardCharsets.UTF_8);
    }
}
