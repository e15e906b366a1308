package dev.pgbraid.config;

import dev.pgbraid.config.key.BadValue;
import java.net.InetAddress;

/// The addresses that begin with the same bits.
///
/// @param first the lowest of them
/// @param prefixBits how many bits they have in common
public record AddressRange(InetAddress first, int prefixBits) {

    public AddressRange {
        if (prefixBits < 0 || prefixBits > Byte.SIZE * first.getAddress().length) {
            throw new IllegalArgumentException(first.getHostAddress() + " has no prefix of " + prefixBits + " bits");
        }
    }

    /// Reads `10.0.0.0/8` or, for a range of one, `10.0.0.1`.
    static AddressRange parse(String text) throws BadValue {
        int slash = text.indexOf('/');
        try {
            InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int bits = Byte.SIZE * first.getAddress().length;
            AddressRange range =
                    new AddressRange(first, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
            if (!range.beginsWithFirst()) {
                throw new BadValue("must not have bits behind the length of the prefix");
            }
            return range;
        } catch (IllegalArgumentException malformed) {
            throw new BadValue("must be an address, or a range of them such as 10.0.0.0/8 or fd00::/8");
        }
    }

    public boolean contains(InetAddress address) {
        byte[] wanted = first.getAddress();
        byte[] given = address.getAddress();
        if (wanted.length != given.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            if (bit(wanted, bit) != bit(given, bit)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefixBits;
    }

    private boolean beginsWithFirst() {
        byte[] bytes = first.getAddress();
        for (int bit = prefixBits; bit < Byte.SIZE * bytes.length; bit++) {
            if (bit(bytes, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
    }
}
